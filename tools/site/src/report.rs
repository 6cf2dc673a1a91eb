//! The size of what a browser loads, printed by every build, and its budget.

use std::collections::BTreeSet;

use crate::files::{self, Folder};
use crate::options::Options;
use crate::{Result, SCRIPT};

/// The budget in brotli bytes for the JavaScript of a page without islands: all that a visitor without an account loads.
const PUBLIC_BUDGET: usize = 10_000;
/// The budget in brotli bytes for all JavaScript and WASM of a page with islands.
const BUDGET: usize = 180_000;

pub(crate) fn print(options: &Options, address: &str) -> Result<()> {
    let pkg = files::read_folder(&options.out.join(address))?;
    println!("site: {address}");
    if options.fast {
        println!("  a fast build for development: neither shrunk nor compressed");
        return Ok(());
    }
    println!("  {:<24}{:>12}", "", "brotli");
    for path in originals(&pkg) {
        println!("  {path:<24}{:>12}", on_the_wire(&pkg, path));
    }
    within(on_the_wire(&pkg, SCRIPT), PUBLIC_BUDGET, "the script of a public page")?;
    within(code_size(&pkg), BUDGET, "JavaScript and WASM of a page with islands")
}

/// Prints a size, and fails if it is over its budget.
fn within(size: usize, budget: usize, what: &str) -> Result<()> {
    println!("  {what}: {size} brotli bytes of {budget}");
    if size > budget { Err(format!("{what}: {} bytes over the budget", size - budget)) } else { Ok(()) }
}

fn code_size(pkg: &Folder) -> usize {
    let code = originals(pkg).into_iter().filter(|path| path.ends_with(".js") || path.ends_with(".wasm"));
    code.map(|path| on_the_wire(pkg, path)).sum()
}

/// Returns the names of the files, whichever forms of them there are.
fn originals(pkg: &Folder) -> BTreeSet<&str> {
    pkg.keys().map(|path| path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path)).collect()
}

/// Returns the bytes that a browser receives: those of the brotli file if there is one.
fn on_the_wire(pkg: &Folder, path: &str) -> usize {
    pkg.get(&format!("{path}.br")).or_else(|| pkg.get(path)).map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_counted_as_it_travels_and_styles_are_not() {
        let sizes = [("a.js.br", 100), ("a.js.gz", 120), ("b.wasm", 40), ("c.css", 9000)];
        let pkg = sizes.map(|(path, size)| (path.to_string(), vec![0; size])).into();
        assert_eq!(code_size(&pkg), 140);
    }
}
