//! Files and functions stay short.

use architecture::{functions, hold, read, sources};

const LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 60;

#[test]
fn no_file_is_longer_than_400_lines() {
    let files = sources(&[".rs", ".ts", ".js", ".mjs", ".py", ".css"]);
    assert!(files.len() > 300, "the search found the project");
    let long = files.iter().filter(|file| !file.path.starts_with("public/") && file.text.lines().count() > LINES_MAX);
    hold("A file has at most 400 lines", long.map(|file| file.path.clone()).collect(), &[]);
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let mut long = Vec::new();
    for file in sources(&[".rs"]) {
        let functions = functions(&read(&file.text).code).into_iter().filter(|function| function.lines > FUNCTION_LINES_MAX);
        long.extend(functions.map(|function| format!("{} {}", file.path, function.name)));
    }
    hold("A function has at most 60 lines", long, &[]);
}
