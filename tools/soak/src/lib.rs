//! The hostile-load suite: attackers load the program one way after another, and an honest caller measures it meanwhile.
//!
//! Attackers and honest callers come from addresses of their own in 127.0.0.0/8, of which the program spares 127.0.0.1 alone. The
//! program has its ordinary limits. At the end it is killed, and every job whose posting it had acknowledged must be there.

pub mod attack;
mod honest;
mod people;
mod program;
mod report;
mod wire;

pub use attack::{Attack, Scale};
use honest::{Acknowledged, Outcome};
use people::Cast;
use program::Program;
pub use report::{Row, table};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;
use tokio::task::JoinHandle;

/// The most memory that the program may hold under any attack, in megabytes.
pub const MEMORY_MAX_MB: f64 = 300.0;
/// The most that an attack may multiply the honest caller's 99th percentile.
pub const SLOWER_MAX: f64 = 3.0;

/// The plan of one run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program `guildhall`.
    pub binary: PathBuf,
    /// This suite as a program, which runs each attack in a process of its own; none runs it in this process.
    pub attacker: Option<PathBuf>,
    /// The duration of each attack.
    pub each: Duration,
    /// The number of an attack's sockets and callers.
    pub scale: Scale,
}

/// The findings of one run.
#[derive(Debug)]
pub struct Findings {
    /// The machine before the run.
    pub machine: String,
    /// One row for each attack.
    pub rows: Vec<Row>,
    /// The number of jobs whose posting was acknowledged.
    pub acknowledged: usize,
    /// The acknowledged jobs that are not there after the kill.
    pub lost: Vec<String>,
    /// The findings of the ledger's audit; empty if it is sound.
    pub ledger: Vec<String>,
}

/// Runs the suite on a new database.
pub async fn run(plan: &Plan) -> Findings {
    let machine = report::machine();
    let folder = std::env::temp_dir().join(market::id::random("guildhall_soak_"));
    let cast = people::made(&folder).await;
    let program = Program::start(&plan.binary, &folder).await;
    let mut acknowledged = Acknowledged::default();
    // The first requests fill caches and pools; they are not measured.
    honest::measured(program.address, &cast, plan.each / 4, &mut acknowledged).await;
    let mut rows = Vec::new();
    for attack in Attack::ALL {
        // Each attack is compared with the time just before it: the machine has other work, too.
        let quiet = honest::measured(program.address, &cast, plan.each, &mut acknowledged).await;
        let (outcome, said) = attacked(plan, &program, &cast, attack, &mut acknowledged).await;
        let row = Row { attack: attack.words(), said, quiet, outcome, peak_mb: program.peak_mb() };
        eprintln!("{row}");
        rows.push(row);
    }
    // Dropped, the program is killed without notice.
    drop(program);
    let (lost, ledger) = people::audited(&folder, &acknowledged).await;
    std::fs::remove_dir_all(&folder).expect("removes its folder");
    Findings { machine, rows, acknowledged: acknowledged.len(), lost, ledger }
}

/// Measures the honest caller during an attack, once the attack is under way; returns what the attack says of itself, too.
async fn attacked(plan: &Plan, program: &Program, cast: &Cast, attack: Attack, acknowledged: &mut Acknowledged) -> (Outcome, String) {
    program.forget_peak();
    let lead = plan.scale.lead();
    let running = Running::start(plan, program.address, cast, attack, plan.each + lead);
    tokio::time::sleep(lead).await;
    let outcome = honest::measured(program.address, cast, plan.each, acknowledged).await;
    (outcome, running.end().await)
}

/// An attack that runs in this process, or in one of its own with the least priority: its work is not the program's.
enum Running {
    Inside(JoinHandle<String>),
    Apart(Child),
}

impl Running {
    fn start(plan: &Plan, address: SocketAddr, cast: &Cast, attack: Attack, lasts: Duration) -> Self {
        let keys = cast.attackers.clone();
        let Some(attacker) = &plan.attacker else {
            return Self::Inside(tokio::spawn(attack::run(attack, address, keys, plan.scale, lasts)));
        };
        let mut command = Command::new("nice");
        command.args(["-n", "19"]).arg(attacker).args(["attack", attack.name(), &address.to_string(), &lasts.as_millis().to_string()]);
        command.arg(plan.scale.sockets.to_string()).args(keys).stdout(std::process::Stdio::piped());
        Self::Apart(command.spawn().expect("the attacker starts"))
    }

    async fn end(self) -> String {
        match self {
            Self::Inside(attack) => attack.await.expect("an attack does not panic"),
            Self::Apart(child) => {
                let output = child.wait_with_output().expect("the attacker ends");
                String::from_utf8_lossy(&output.stdout).trim().to_owned()
            }
        }
    }
}

/// Runs one attack, as the words after `attack` on a command line tell, and returns what it says of itself.
pub async fn attack_by_words(words: &[String]) -> String {
    let [name, address, lasts, sockets, keys @ ..] = words else { panic!("attack NAME ADDRESS MILLISECONDS SOCKETS KEYS…") };
    let attack = Attack::ALL.into_iter().find(|attack| attack.name() == name).expect("an attack of this name");
    let lasts = Duration::from_millis(lasts.parse().expect("milliseconds"));
    let scale = Scale { sockets: sockets.parse().expect("a number of sockets") };
    attack::run(attack, address.parse().expect("an address"), keys.to_vec(), scale, lasts).await
}

/// The place of the figures of the last full run, which `tools/limits` copies into `docs/limits.md`.
pub fn figures() -> &'static Path {
    Path::new("tools/soak/figures.md")
}
