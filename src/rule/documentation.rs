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

/// A project that documentation shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The script, `env.raftt`.
    pub script: ExampleFile,
    /// The project file, `raftt.yml`.
    pub project_file: ExampleFile,
}

/// A file of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFile {
    /// The text, with the expectations in its comments.
    pub text: String,
    /// Whether the documentation shows the file; else it is the usual one.
    pub is_shown: bool,
}

impl Example {
    /// The files, under their names.
    #[must_use]
    pub fn sources(&self) -> MemorySources {
        MemorySources::default()
            .with("env.raftt", self.script.text.as_str())
            .with("raftt.yml", self.project_file.text.as_str())
    }

    /// The same files without the expectations, as a reader sees them.
    #[must_use]
    pub fn without_expectations(&self) -> Self {
        let plain = |file: &ExampleFile| ExampleFile {
            text: without_expectations(&file.text),
            is_shown: file.is_shown,
        };
        Self {
            script: plain(&self.script),
            project_file: plain(&self.project_file),
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
    let mut block: Option<&str> = None;
    let mut script = None;
    let mut project_file = None;
    for line in markdown.lines() {
        match (block, line.strip_prefix("```")) {
            (None, Some(language)) => {
                block = Some(language.trim());
                match language.trim() {
                    "raftt" if heading == name => _ = script.get_or_insert_with(String::new),
                    "yaml" if heading == name => _ = project_file.get_or_insert_with(String::new),
                    _ => {}
                }
            }
            (Some(_), Some("")) => block = None,
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    heading = title.trim();
                }
            }
            (Some(language), _) if heading == name => {
                let text = match language {
                    "raftt" => script.as_mut(),
                    "yaml" => project_file.as_mut(),
                    _ => None,
                };
                if let Some(text) = text {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            (Some(_), _) => {}
        }
    }
    if script.is_none() && project_file.is_none() {
        return None;
    }
    let file = |shown: Option<String>, default: &str| ExampleFile {
        is_shown: shown.is_some(),
        text: shown.unwrap_or_else(|| default.to_owned()),
    };
    Some(Example {
        script: file(script, DEFAULT_SCRIPT),
        project_file: file(project_file, DEFAULT_PROJECT_FILE),
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

## Use instead
```raftt
b()
```
";

    #[test]
    fn blocks_of_a_section_form_one_project() {
        let example = section(TEXT, "Example").expect("the section has blocks");
        assert_eq!(
            example.script.text,
            "# error: \"first\"\na()  # warning: [other] \"second\"\n"
        );
        assert_eq!(example.project_file.text, "host: direct\n");
        assert_eq!(example.without_expectations().script.text, "a()\n");
        let right = section(TEXT, "Use instead").expect("the section has a block");
        assert_eq!(right.script.text, "b()\n");
        assert_eq!(right.project_file.text, DEFAULT_PROJECT_FILE);
        assert!(right.script.is_shown && !right.project_file.is_shown);
        assert_eq!(section(TEXT, "Other"), None);
    }
}
