//! A lexer that separates code, comments and strings.

/// The parts of a Rust file. `code` has the lines of the text, with blanks in place of comments, of the insides of strings,
/// and of test modules.
pub struct Text {
    /// The code alone.
    pub code: String,
    /// Each string literal with the line it begins on.
    pub strings: Vec<(usize, String)>,
    /// Each line comment with its line; `//` and what follows it.
    pub comments: Vec<(usize, String)>,
}

/// Separates the text of a Rust file.
pub fn read(text: &str) -> Text {
    let mut reader =
        Reader { chars: text.chars().collect(), at: 0, line: 1, code: String::new(), strings: Vec::new(), comments: Vec::new() };
    reader.all();
    let (code, tests) = without_tests(&reader.code);
    let outside = |line: usize| !tests.iter().any(|range| range.contains(&line));
    let strings = reader.strings.into_iter().filter(|(line, _)| outside(*line)).collect();
    Text { code, strings, comments: reader.comments }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
    comments: Vec<(usize, String)>,
}

impl Reader {
    fn all(&mut self) {
        while let Some(c) = self.peek(0) {
            match (c, self.peek(1)) {
                ('/', Some('/')) => self.comment(),
                ('/', Some('*')) => self.block(),
                ('"', _) => self.string(0, true),
                ('r', Some('"' | '#')) if !self.is_in_word() && self.raw_hashes().is_some() => {
                    let hashes = self.raw_hashes().unwrap_or_default();
                    self.keep(1 + hashes);
                    self.string(hashes, false);
                }
                ('\'', _) => self.quote(),
                _ => self.keep(1),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn is_in_word(&self) -> bool {
        // `br"…"` is a string too.
        let before = self.at.checked_sub(1).map(|i| self.chars[i]);
        before.is_some_and(|c| (c.is_alphanumeric() || c == '_') && c != 'b')
    }

    /// The number of `#` of a raw string that begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let hashes = self.chars[self.at + 1..].iter().take_while(|c| **c == '#').count();
        (self.peek(1 + hashes) == Some('"')).then_some(hashes)
    }

    /// Copies a number of characters as code.
    fn keep(&mut self, count: usize) {
        for _ in 0..count {
            let Some(c) = self.peek(0) else { return };
            self.code.push(c);
            self.step(c);
        }
    }

    /// Replaces a character that is not code by a blank.
    fn skip(&mut self) -> char {
        let c = self.peek(0).unwrap_or('\n');
        self.code.push(if c == '\n' { '\n' } else { ' ' });
        self.step(c);
        c
    }

    fn step(&mut self, c: char) {
        self.at += 1;
        self.line += usize::from(c == '\n');
    }

    fn comment(&mut self) {
        let (line, mut comment) = (self.line, String::new());
        while self.peek(0).is_some_and(|c| c != '\n') {
            comment.push(self.skip());
        }
        self.comments.push((line, comment));
    }

    fn block(&mut self) {
        let mut depth = 0;
        while self.peek(0).is_some() {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                _ => {
                    self.skip();
                    continue;
                }
            }
            self.skip();
            self.skip();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self, hashes: usize, has_escapes: bool) {
        let (line, mut content) = (self.line, String::new());
        self.keep(1);
        while let Some(c) = self.peek(0) {
            let closes = c == '"' && (0..hashes).all(|i| self.peek(1 + i) == Some('#'));
            if closes {
                self.keep(1 + hashes);
                break;
            }
            if c == '\\' && has_escapes {
                content.push(self.skip());
            }
            content.push(self.skip());
        }
        self.strings.push((line, content));
    }

    /// A character, or the quote of a lifetime.
    fn quote(&mut self) {
        let is_char = self.peek(1) == Some('\\') || self.peek(2) == Some('\'');
        self.keep(1);
        if !is_char {
            return;
        }
        if self.peek(0) == Some('\\') {
            self.skip();
        }
        self.skip();
        while self.peek(0).is_some_and(|c| c != '\'') {
            self.skip();
        }
        self.keep(1);
    }
}

/// Blanks the test modules and returns their lines.
fn without_tests(code: &str) -> (String, Vec<std::ops::RangeInclusive<usize>>) {
    let mut kept = code.to_owned();
    let mut tests = Vec::new();
    while let Some(start) = kept.find("#[cfg(test)]") {
        let line = |at: usize| kept[..at].matches('\n').count() + 1;
        let rest = &kept[start..];
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(open), semicolon) if semicolon.is_none_or(|at| at > open) => start + closing(rest, open) + 1,
            (_, Some(semicolon)) => start + semicolon + 1,
            _ => kept.len(),
        };
        tests.push(line(start)..=line(end));
        let blank: String = kept[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        kept.replace_range(start..end, &blank);
    }
    (kept, tests)
}

/// Finds the brace that closes the one at `open`.
pub(crate) fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + at;
        }
    }
    code.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_strings_and_comments_are_told_apart() {
        let text = "let a = \"x // {\"; // {\nlet b = r#\"a \"quote\" {\"#; let c: &'a str = '{'; /* { /* { */ */ let d = '\\'';\n";
        let read = read(text);
        assert_eq!(read.code.lines().count(), text.lines().count());
        assert!(!read.code.contains('{') && read.code.contains("&'a str") && read.code.contains("let d"), "{}", read.code);
        assert_eq!(read.strings, [(1, "x // {".to_owned()), (2, "a \"quote\" {".to_owned())]);
        assert_eq!(read.comments, [(1, "// {".to_owned())]);
    }

    #[test]
    fn test_modules_are_blank() {
        let read = read("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"select 1\"; }\n}\nfn c() {}\n");
        assert!(read.code.contains("fn a") && read.code.contains("fn c") && !read.code.contains("fn b"));
        assert!(read.strings.is_empty());
    }
}
