//! No test waits for a fixed time: it waits for a condition, by `testkit::eventually`.

use architecture::{hold, read, sources};

/// The files that wait for a fixed time, each with its reason.
const TIMED: &[&str] = &[
    // The one place that polls.
    "market/testkit/src/wait.rs",
    // A body that comes in drops.
    "server/src/request.rs",
    // The program is killed at a random moment.
    "server/tests/kill.rs",
];

#[test]
fn no_rust_test_sleeps() {
    let mut found = Vec::new();
    for file in sources(&[".rs"]).iter().filter(|file| !file.path.starts_with("tools/")) {
        let everything = file.text.matches("sleep(").count();
        let production = if file.is_test() { 0 } else { read(&file.text).code.matches("sleep(").count() };
        let in_comments = read(&file.text).comments.iter().filter(|(_, comment)| comment.contains("sleep(")).count();
        if everything > production + in_comments {
            found.push(file.path.clone());
        }
    }
    hold("A test waits for a condition, not for a time", found, TIMED);
}

#[test]
fn no_browser_test_sleeps() {
    let files = sources(&[".ts"]).into_iter().filter(|file| file.path.starts_with("end2end/"));
    let sleeps = |text: &str| text.contains("waitForTimeout") || text.replace("test.setTimeout(", "").contains("setTimeout(");
    hold("A browser test waits for what it sees", files.filter(|file| sleeps(&file.text)).map(|file| file.path).collect(), &[]);
}
