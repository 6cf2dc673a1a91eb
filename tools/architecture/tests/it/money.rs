//! Money is whole cents everywhere: no floats but in the files listed.

use architecture::{hold, read, sources};

/// The files that use floats for something else than money.
const NO_MONEY: &[&str] = &[
    // The hallmark's geometry.
    "app/src/ui/hallmark.rs",
    // Columns of the database that hold a double, and what JSON calls a number.
    "market/platform/src/db/row.rs",
    "market/kernel/src/value.rs",
    // Every kind of number that a body can hold, passed on as it is.
    "server/api/src/body/folding.rs",
    // Milliseconds and gauges for those who run the program.
    "server/src/metrics.rs",
    "server/src/request.rs",
];

#[test]
fn money_is_never_a_float() {
    let mut found = Vec::new();
    for file in sources(&[".rs"]).iter().filter(|file| !file.is_test()) {
        let code = read(&file.text).code;
        let word = |c: char| !(c.is_alphanumeric() || c == '_');
        if code.split(word).any(|word| word == "f64" || word == "f32" || word.ends_with("_f64") || word.ends_with("_f32")) {
            found.push(file.path.clone());
        }
    }
    hold("Money is counted in whole cents, and everything else in integers where that is possible", found, NO_MONEY);
}
