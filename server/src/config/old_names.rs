//! The names that five settings had before this version. They are still read, each with a warning; the next version drops them.

use clap::Command;
use std::env;

/// Each renamed setting, and the flag it had before.
const RENAMED: [(&str, &str); 5] = [
    ("deposit_min", "deposit-least"),
    ("deposit_max", "deposit-most"),
    ("revisions_max", "revisions-most"),
    ("file_max", "file-most"),
    ("files_max", "files-most"),
];

/// Lets the command line and the environment use the old names; returns a warning for each one in use.
pub fn accept(mut command: Command) -> (Command, Vec<String>) {
    let mut warnings = Vec::new();
    for (setting, old_flag) in RENAMED {
        let flag = setting.replace('_', "-");
        let (old_variable, variable) = (variable(old_flag), variable(&flag));
        command = command.mut_arg(setting, |arg| arg.alias(old_flag));
        if env::args().any(|arg| arg.strip_prefix("--").is_some_and(|arg| arg.split('=').next() == Some(old_flag))) {
            warnings.push(format!("--{old_flag} is now --{flag}; this version is the last that reads the old name"));
        }
        if let (Ok(value), None) = (env::var(&old_variable), env::var_os(&variable)) {
            warnings.push(format!("{old_variable} is now {variable}; this version is the last that reads the old name"));
            // Leaked once a process: a default must live as long as the command.
            let value: &'static str = Box::leak(value.into_boxed_str());
            command = command.mut_arg(setting, |arg| arg.default_value(value).hide_default_value(true));
        }
    }
    (command, warnings)
}

fn variable(flag: &str) -> String {
    format!("GUILDHALL_{}", flag.replace('-', "_").to_uppercase())
}
