//! Builds the site from the output of the compilers: binds the WASM to its JavaScript, shrinks it, gives the build its address, and
//! compresses everything. `tools/README.md` says what the server does with the result.

mod bind;
mod compress;
mod files;
mod options;
mod publish;
mod report;

use std::process::ExitCode;

use options::Options;

/// The result of a step; the error is a sentence for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

/// The name of the script of every page.
pub(crate) const SCRIPT: &str = "page.js";

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(|options| build(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn build(options: &Options) -> Result<()> {
    let mut pkg = bind::bound(options)?;
    pkg.insert("guildhall.css".into(), files::read(&options.css)?);
    pkg.insert(SCRIPT.into(), files::read(&options.script)?);
    let address = publish::address(&pkg);
    publish::publish(options, &address, &pkg)?;
    report::print(options, &address)
}
