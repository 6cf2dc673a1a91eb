//! Detection of programs and settings among texts, by lines that prose does not have.

/// The number of lines that are read.
const LOOKED_AT: usize = 200;

/// The beginnings of lines in programs that no sentence has.
const BEGINNINGS: [&str; 26] = [
    "#!",
    "#include",
    "#define",
    "#[",
    "//",
    "/*",
    "<?",
    "<!DOCTYPE",
    "import ",
    "def ",
    "fn ",
    "pub fn ",
    "async ",
    "func ",
    "function ",
    "#pragma",
    "package ",
    "public ",
    "private ",
    "elif ",
    "else:",
    "try:",
    "diff --git",
    "@@ ",
    "+++ ",
    "export ",
];

/// The words with which a statement of SQL begins.
const STATEMENTS: [&str; 7] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "WITH "];

/// Returns true if a line outside Markdown's fenced blocks belongs to a program or to settings, or if all lines do.
pub(crate) fn is_likely(text: &str) -> bool {
    let lines = unfenced(text);
    lines.iter().any(|line| is_code(line)) || has_block(&lines) || is_yaml(&lines)
}

/// Returns the lines outside fenced blocks.
fn unfenced(text: &str) -> Vec<&str> {
    let mut is_inside = false;
    let mut lines = Vec::new();
    for line in text.lines().take(LOOKED_AT) {
        if line.starts_with("```") || line.starts_with("~~~") {
            is_inside = !is_inside;
        } else if !is_inside {
            lines.push(line);
        }
    }
    lines
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    let is_item = ["- ", "* ", "> "].iter().any(|mark| line.starts_with(mark));
    let ends = !is_item && line.ends_with(['{', ';', '\\']);
    let closes = !line.is_empty() && line.chars().all(|c| "{}[]();,".contains(c));
    let is_section = line.len() > 2 && line.starts_with('[') && line.ends_with(']') && !line.contains(' ');
    let begins = BEGINNINGS.iter().any(|word| line.starts_with(word)) || STATEMENTS.iter().any(|word| line.starts_with(word));
    begins || ends || closes || is_section || is_assignment(line) || is_from_import(line)
}

/// Returns true for `name = value`, with a name without spaces.
fn is_assignment(line: &str) -> bool {
    let line = ["let ", "const ", "var ", "set "].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    line.split_once('=').is_some_and(|(name, value)| !value.starts_with(['=', '>']) && is_name(name.trim_end_matches([' ', ':', '+', '-'])))
}

fn is_from_import(line: &str) -> bool {
    line.starts_with("from ") && line.contains(" import ")
}

/// Returns true for a name in a program: letters, digits and `_-.$"`, not a digit first.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_-.$\"".contains(c);
    text.starts_with(|c: char| c.is_alphabetic() || "_$\"".contains(c)) && text.chars().all(is_part)
}

/// Returns true if a line ends with a colon and the next one is indented below it.
fn has_block(lines: &[&str]) -> bool {
    let depth = |line: &str| line.len() - line.trim_start().len();
    lines
        .windows(2)
        .any(|pair| !pair[1].trim().is_empty() && depth(pair[1]) >= depth(pair[0]) + 2 && opens_block(pair[0].trim(), pair[1].trim()))
}

/// Returns true if a line opens a block of a program or of settings. A sentence may open a list, and so may an item of another one.
fn opens_block(line: &str, next: &str) -> bool {
    let Some(line) = line.strip_suffix(':') else { return false };
    let is_key = |key: &str| is_name(key) && key.starts_with(char::is_lowercase);
    match item(line) {
        Some(text) => is_key(text),
        None => item(next).is_none() || is_key(line),
    }
}

/// Returns the text of a list's item.
fn item(line: &str) -> Option<&str> {
    let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = unnumbered.strip_prefix(". ").filter(|_| unnumbered.len() < line.len());
    ["- ", "* "].iter().find_map(|mark| line.strip_prefix(mark)).or(numbered)
}

/// Returns true if every line is a key, an item, a comment or indented, and keys are too many for a sentence.
fn is_yaml(lines: &[&str]) -> bool {
    let (mut keys, mut is_lowercase) = (0, false);
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let text = line.trim_start();
        match text.split_once(':').filter(|(key, value)| is_name(key) && (value.is_empty() || value.starts_with(' '))) {
            Some(_) => {
                keys += 1;
                is_lowercase |= text.starts_with(char::is_lowercase);
            }
            None if text.starts_with(['#', '-']) || text.len() < line.len() => {}
            None => return false,
        }
    }
    keys > 1 || is_lowercase
}
