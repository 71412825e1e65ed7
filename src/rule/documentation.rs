//! A rule's documentation, read: its text, and the projects in its code blocks.

use crate::rule::Rule;
use crate::source::MemorySources;

/// The project file of an example that shows none.
const DEFAULT_PROJECT_FILE: &str = "\
envDefinition: env.raftt
host: direct
";

/// The script of an example that shows none.
const DEFAULT_SCRIPT: &str = "\
configure_cred_helper(provider = \"ecr\", registries = [\"123456789012.dkr.ecr.us-east-1.amazonaws.com\"])
";

/// The file of an example that is the snapshot of the namespace.
pub(crate) const SNAPSHOT: &str = "namespace.yaml";

/// A project that documentation shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its files; `raftt.yml` and `env.raftt` are always among them.
    pub files: Vec<ExampleFile>,
}

/// A file of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFile {
    /// Its path from the project's root.
    pub path: String,
    /// The text, with the expectations in its comments.
    pub text: String,
    /// Whether the documentation shows the file; else it is the usual one.
    pub is_shown: bool,
}

impl Example {
    /// The files, under their names. The snapshot of the namespace is none of the
    /// project's.
    #[must_use]
    pub fn sources(&self) -> MemorySources {
        let none = MemorySources::default();
        let files = self.files.iter().filter(|it| it.path != SNAPSHOT);
        files.fold(none, |sources, file| {
            sources.with(file.path.as_str(), file.text.as_str())
        })
    }

    /// The file at `path`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&ExampleFile> {
        self.files.iter().find(|it| it.path == path)
    }

    /// The same files without the expectations, as a reader sees them.
    #[must_use]
    pub fn without_expectations(&self) -> Self {
        let plain = |file: &ExampleFile| ExampleFile {
            text: without_expectations(&file.text),
            ..file.clone()
        };
        Self {
            files: self.files.iter().map(plain).collect(),
        }
    }
}

impl Rule {
    /// The documentation as Markdown, without the expectations in its examples.
    #[must_use]
    pub fn markdown(&self) -> String {
        without_expectations(&self.raw_markdown())
    }

    /// The project under the heading `## Example`, which has the mistake.
    #[must_use]
    pub fn example(&self) -> Option<Example> {
        section(&self.raw_markdown(), "Example")
    }

    /// The project under the heading `## Use instead`, which is right.
    #[must_use]
    pub fn use_instead(&self) -> Option<Example> {
        section(&self.raw_markdown(), "Use instead")
    }

    /// The documentation without the blank that a doc comment has before each line.
    fn raw_markdown(&self) -> String {
        let lines = self.documentation.lines();
        let lines: Vec<&str> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
        format!("{}\n", lines.join("\n").trim())
    }
}

/// The project in the code blocks under the heading `name`; none without a block.
fn section(markdown: &str, name: &str) -> Option<Example> {
    let mut heading = "";
    let mut is_code = false;
    let mut files: Vec<ExampleFile> = Vec::new();
    // Where in `files` the text of the block goes.
    let mut file = None;
    for line in markdown.lines() {
        match (is_code, line.strip_prefix("```")) {
            (false, Some(language)) => {
                is_code = true;
                let path = path_of_block(language).filter(|_| heading == name);
                file = path.map(|path| index_of(&mut files, path));
            }
            (true, Some("")) => is_code = false,
            (false, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    heading = title.trim();
                }
            }
            (true, _) => {
                if let Some(index) = file {
                    files[index].text.push_str(line);
                    files[index].text.push('\n');
                }
            }
        }
    }
    if files.is_empty() {
        return None;
    }
    for (path, usual) in [
        ("env.raftt", DEFAULT_SCRIPT),
        ("raftt.yml", DEFAULT_PROJECT_FILE),
    ] {
        if files.iter().all(|it| it.path != path) {
            files.push(ExampleFile {
                path: path.to_owned(),
                text: usual.to_owned(),
                is_shown: false,
            });
        }
    }
    Some(Example { files })
}

/// The path of the file that a code block shows: `raftt` and `yaml` are the two
/// files that every project has, ```` ```yaml shop/web.yaml ```` is another one.
fn path_of_block(language: &str) -> Option<&str> {
    let mut words = language.split_whitespace();
    match (words.next()?, words.next()) {
        (_, Some(path)) => Some(path),
        ("raftt", None) => Some("env.raftt"),
        ("yaml", None) => Some("raftt.yml"),
        _ => None,
    }
}

/// The place of the file at `path`, which is added if it is new.
fn index_of(files: &mut Vec<ExampleFile>, path: &str) -> usize {
    let known = files.iter().position(|it| it.path == path);
    known.unwrap_or_else(|| {
        files.push(ExampleFile {
            path: path.to_owned(),
            text: String::new(),
            is_shown: true,
        });
        files.len() - 1
    })
}

/// `text` without comments such as `# error: "part of message"`. Lines that hold
/// nothing else go too.
fn without_expectations(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match expectation_start(line) {
            None => plain.push_str(line),
            Some(at) if line[..at].trim().is_empty() => {}
            Some(at) => {
                plain.push_str(line[..at].trim_end());
                plain.push('\n');
            }
        }
    }
    plain
}

/// Where the first expectation of a line begins.
fn expectation_start(line: &str) -> Option<usize> {
    let words = ["# error: ", "# warning: ", "# advice: "];
    words.iter().filter_map(|word| line.find(word)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
Summary.

## Example
```raftt
# error: \"first\"
a()  # warning: [other] \"second\"
```
```yaml
host: direct
```
```yaml shop/web.yaml
kind: Pod
```

## Use instead
```raftt
b()
```
";

    #[test]
    fn blocks_of_a_section_form_one_project() {
        let text = |example: &Example, path| {
            let file = example.file(path).map(|it| (it.text.clone(), it.is_shown));
            file.unwrap_or_else(|| panic!("{path} is not there"))
        };
        let example = section(TEXT, "Example").expect("the section has blocks");
        let shown = "# error: \"first\"\na()  # warning: [other] \"second\"\n";
        assert_eq!(text(&example, "env.raftt"), (shown.into(), true));
        assert_eq!(text(&example, "raftt.yml"), ("host: direct\n".into(), true));
        assert_eq!(
            text(&example, "shop/web.yaml"),
            ("kind: Pod\n".into(), true)
        );
        let plain = example.without_expectations();
        assert_eq!(text(&plain, "env.raftt").0, "a()\n");
        let right = section(TEXT, "Use instead").expect("the section has a block");
        assert_eq!(text(&right, "env.raftt"), ("b()\n".into(), true));
        let usual = DEFAULT_PROJECT_FILE.to_owned();
        assert_eq!(text(&right, "raftt.yml"), (usual, false));
        assert_eq!(section(TEXT, "Other"), None);
    }
}
