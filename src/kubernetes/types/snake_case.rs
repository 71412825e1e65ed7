//! The API's field names as scripts write them.

/// `workingDir` as scripts write it: `working_dir`. A run of capitals is one word,
/// and a plural `s` behind it belongs to it: `hostIPs` is `host_ips`.
pub(crate) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        if index > 0 && begins_word(&letters, index) {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Whether a script that writes `name` means the field `field`.
///
/// That is its [`snake_case`]; and the form of the clients that Kubernetes
/// publishes, which take every plural for a word (`host_i_ps`). What is a reserved
/// word has an underscore before or behind it: `from_`.
pub(crate) fn is_snake_case_of(name: &str, field: &str) -> bool {
    let bytes = name.bytes();
    // Nearly all names are told apart without putting one together.
    let letters = bytes.filter(|it| *it != b'_');
    if !letters.eq(field.bytes().map(|it| it.to_ascii_lowercase())) {
        return false;
    }
    let is_reserved = RESERVED.contains(&field);
    let bare = match is_reserved {
        true => name.strip_prefix('_').or(name.strip_suffix('_')),
        false => None,
    };
    let name = bare.unwrap_or(name);
    name == snake_case(field) || name == of_clients(field)
}

/// The fields of the API that no script can write as they are.
const RESERVED: [&str; 3] = ["continue", "except", "from"];

fn begins_word(letters: &[char], index: usize) -> bool {
    let is_capital = |index: usize| letters.get(index).is_some_and(char::is_ascii_uppercase);
    if !is_capital(index) {
        return false;
    }
    if !is_capital(index - 1) {
        return true;
    }
    let next = letters.get(index + 1);
    let is_plural =
        next == Some(&'s') && letters.get(index + 2).is_none_or(|_| is_capital(index + 2));
    next.is_some_and(char::is_ascii_lowercase) && !is_plural
}

/// The form of the published clients: `hostIPs` is `host_i_ps`.
fn of_clients(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_lower = |index: usize| {
        letters
            .get(index)
            .is_some_and(|it| !it.is_ascii_uppercase())
    };
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let begins_word = letter.is_ascii_uppercase() && index > 0;
        if begins_word && (is_lower(index - 1) || is_lower(index + 1)) {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
