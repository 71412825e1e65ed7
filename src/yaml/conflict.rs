//! What a merge in git left in a file.

use std::ops::Range;

/// Both sides of a merge, with the marks around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The line `<<<<<<< …`.
    pub(crate) mark: Range<usize>,
    /// From the line `=======` to the line `>>>>>>> …`: the other side.
    pub(crate) other: Range<usize>,
}

/// The conflicts that are left in `text`.
pub(crate) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut mark: Option<Range<usize>> = None;
    let mut other: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if line.starts_with("<<<<<<< ") {
            mark = Some(range);
            other = None;
        } else if line.starts_with("||||||| ") || line.trim_end() == "=======" {
            // The version that both sides began with belongs to neither.
            other = other.or(Some(range.start));
        } else if line.starts_with(">>>>>>> ")
            && let (Some(mark), Some(other)) = (mark.take(), other.take())
        {
            let other = other..range.end;
            found.push(Conflict { mark, other });
        }
    }
    found
}
