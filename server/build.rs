//! Recompiles a release when the site it carries has changed: the compiler sees no file that was added.

fn main() {
    let carries = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // A debug build reads the folder when it runs.
    println!("cargo::rerun-if-changed={}", if carries { "../target/site" } else { "build.rs" });
}
