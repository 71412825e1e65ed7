//! A line split into words, like a shell does.

/// The words of `line`; none if a quote is not closed.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (Some(open), _) if open == character => quote = None,
            (None, '\\') => word.get_or_insert_default().push(characters.next()?),
            (Some('"'), '\\') => {
                let escaped = characters.next()?;
                let word = word.get_or_insert_default();
                if !matches!(escaped, '"' | '\\' | '$' | '`') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            (None, _) if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn quotes_and_backslashes_keep_words_together() {
        let cases: [(&str, &[&str]); 5] = [
            ("npm run  dev", &["npm", "run", "dev"]),
            (r#"sh -c "a 'b' \"c\"""#, &["sh", "-c", r#"a 'b' "c""#]),
            (r"a\ b 'c\d' ''", &["a b", r"c\d", ""]),
            ("--x='1 2'3", &["--x=1 23"]),
            ("", &[]),
        ];
        for (line, words) in cases {
            assert_eq!(
                split(line).as_deref(),
                Some(words.to_vec())
                    .map(|w| w.into_iter().map(str::to_owned).collect::<Vec<_>>())
                    .as_deref(),
                "{line}"
            );
        }
        assert_eq!(split("sh -c 'a"), None);
    }
}
