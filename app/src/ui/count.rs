//! Numbers of things in words.

/// Counts things that take an s: `1 job`, `5 jobs`.
pub fn count(n: i64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
