//! Records from a text, as Go's `encoding/csv` reads them.

use super::super::text::Problem;

/// The most fields that are read.
const MAX_FIELDS: usize = 100_000;

/// How records are written.
pub(super) struct Form {
    pub(super) comma: char,
    pub(super) comment: Option<char>,
    pub(super) has_lazy_quotes: bool,
    pub(super) trims: bool,
    /// How many fields a record has: with 0 as many as the first, with less any number.
    pub(super) fields: i32,
    /// How many records are left out.
    pub(super) skip: i32,
}

/// The records of `source`, whose line ends are `\n`.
pub(super) fn records(source: &str, form: &Form) -> Result<Vec<Vec<String>>, Problem> {
    let mut reader = Reader {
        form,
        source,
        at: 0,
        fields: usize::try_from(form.fields).ok(),
    };
    for _ in 0..form.skip {
        // What is left out may be wrong.
        if reader.record().is_none() {
            break;
        }
    }
    let mut records = Vec::new();
    let mut size = 0;
    while let Some(record) = reader.record() {
        let record = record?;
        size += record.len();
        if size > MAX_FIELDS {
            return Err(Problem::TooLarge);
        }
        records.push(record);
    }
    Ok(records)
}

struct Reader<'a> {
    form: &'a Form,
    source: &'a str,
    /// Where the next line begins.
    at: usize,
    /// How many fields a record has; 0 until the first is read, none for any number.
    fields: Option<usize>,
}

impl<'a> Reader<'a> {
    /// The next line with its end, and where it begins.
    fn line(&mut self) -> Option<(usize, &'a str)> {
        let rest = &self.source[self.at..];
        let line = rest.split_inclusive('\n').next()?;
        let at = self.at;
        self.at += line.len();
        Some((at, line))
    }

    fn record(&mut self) -> Option<Result<Vec<String>, Problem>> {
        let (at, line) = loop {
            let (at, line) = self.line()?;
            let is_comment = self.form.comment.is_some_and(|it| line.starts_with(it));
            if !is_comment && line != "\n" {
                break (at, line);
            }
        };
        Some(self.fields_of(at, line).and_then(|record| {
            let count = record.len();
            match &mut self.fields {
                Some(0) => self.fields = Some(count),
                Some(fields) if *fields != count => {
                    let message = format!("this record has {count} fields instead of {fields}");
                    return Err(Problem::At { at, message });
                }
                _ => {}
            }
            Ok(record)
        }))
    }

    /// The fields of the record that begins with `line`.
    fn fields_of(&mut self, begin: usize, line: &'a str) -> Result<Vec<String>, Problem> {
        let mut fields = Vec::new();
        let (mut begin, mut line) = (begin, line);
        loop {
            if self.form.trims {
                begin += line.len() - line.trim_start().len();
                line = line.trim_start();
            }
            if line.starts_with('"') {
                let (field, rest) = self.quoted(begin, line)?;
                fields.push(field);
                match rest {
                    Some(rest) => (begin, line) = rest,
                    None => return Ok(fields),
                }
                continue;
            }
            let end = line.find(self.form.comma);
            let field = end.map_or(line.trim_end_matches('\n'), |end| &line[..end]);
            if let Some(quote) = field.find('"').filter(|_| !self.form.has_lazy_quotes) {
                let at = begin + quote;
                let message = "a field with `\"` in it begins and ends with one".to_owned();
                return Err(Problem::At { at, message });
            }
            fields.push(field.to_owned());
            let Some(end) = end else { return Ok(fields) };
            begin += end + 1;
            line = &line[end + 1..];
        }
    }

    /// A field in quotes, and what follows it on its last line, if more does.
    #[expect(clippy::type_complexity, reason = "a place and the text there")]
    fn quoted(
        &mut self,
        opening: usize,
        line: &'a str,
    ) -> Result<(String, Option<(usize, &'a str)>), Problem> {
        let mut field = String::new();
        let (mut begin, mut line) = (opening + 1, &line[1..]);
        loop {
            let Some(quote) = line.find('"') else {
                field.push_str(line);
                match self.line() {
                    Some(next) => (begin, line) = next,
                    None if self.form.has_lazy_quotes => return Ok((field, None)),
                    None => {
                        let message = "this `\"` is never closed".to_owned();
                        return Err(Problem::At {
                            at: opening,
                            message,
                        });
                    }
                }
                continue;
            };
            field.push_str(&line[..quote]);
            let at = begin + quote;
            begin = at + 1;
            line = &line[quote + 1..];
            if let Some(rest) = line.strip_prefix('"') {
                field.push('"');
                begin += 1;
                line = rest;
            } else if let Some(rest) = line.strip_prefix(self.form.comma) {
                return Ok((field, Some((begin + 1, rest))));
            } else if line.is_empty() || line == "\n" {
                return Ok((field, None));
            } else if self.form.has_lazy_quotes {
                field.push('"');
            } else {
                let message = "a `\"` within a field is written twice".to_owned();
                return Err(Problem::At { at, message });
            }
        }
    }
}
