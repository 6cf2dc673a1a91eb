//! Functions and their lengths.

use crate::lexer::closing;

/// A function with a body.
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line that `fn` stands on.
    pub line: usize,
    /// The lines from there to its closing brace.
    pub lines: usize,
}

/// Finds every function in code that is without comments and strings.
pub fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("fn ").map(|at| from + at) {
        from = at + 3;
        let is_word = code[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        let name: String = code[from..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !is_word || name.is_empty() {
            continue;
        }
        let Some(open) = body(code, from) else { continue };
        let end = closing(code, open);
        let line = |at: usize| code[..at].matches('\n').count() + 1;
        found.push(Function { name, line: line(at), lines: line(end) - line(at) + 1 });
    }
    found
}

/// Finds the begin of a function's body, if it has one: the first brace outside all brackets.
fn body(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in code[from..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(from + at),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
