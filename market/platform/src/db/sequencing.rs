//! The task that runs the [sequencer](crate::sequencer) of a process, on a connection of its own.

use super::error::Result;
use super::postgres::{self, Handle};
use super::{Conn, Engine};
use crate::memory::Memory;
use crate::rules::Rules;
use crate::sequencer;
use kernel::Time;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tracing::Span;

/// The most acts that wait for their numbers without holding up others.
const WAITING_MAX: usize = 4_096;
/// The interval in which rows are looked for that a process committed and did not live to number.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// The pause after a failure.
const TRY_AGAIN: Duration = Duration::from_millis(100);
/// The longest that acts wait while numbering fails. They are answered then without their numbers, and until these come, caches that go
/// by the last number show what was before those acts.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Asks the sequencer of this process. Cheap to clone.
#[derive(Clone)]
pub(super) struct Sequencer(mpsc::Sender<oneshot::Sender<()>>);

impl Sequencer {
    /// Starts the task, which ends with the last clone.
    pub(super) fn start(pool: postgres::Connections) -> Self {
        let (asked, asking) = mpsc::channel(WAITING_MAX);
        tokio::spawn(number_forever(pool, asking));
        Self(asked)
    }

    /// Waits until everything that is committed by now has its number. If the numbers can't be given for a while, it returns as well:
    /// what is committed stands, and is numbered later.
    pub(super) async fn numbered(&self) {
        let (done, outcome) = oneshot::channel();
        if self.0.send(done).await.is_ok() {
            // Without an answer the numbers come later.
            let _ = outcome.await;
        }
    }
}

async fn number_forever(pool: postgres::Connections, mut asking: mpsc::Receiver<oneshot::Sender<()>>) {
    let mut acts = Vec::new();
    let mut failing_since: Option<Instant> = None;
    loop {
        // After a failure others wait in the channel, which is full at some time.
        if failing_since.is_some() {
            tokio::time::sleep(TRY_AGAIN).await;
            if acts.is_empty() && asking.is_closed() {
                return;
            }
        } else {
            tokio::select! {
                n = asking.recv_many(&mut acts, WAITING_MAX) => if n == 0 { return },
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
        if let Err(error) = number_all(&pool, !acts.is_empty()).await {
            let since = *failing_since.get_or_insert_with(|| {
                tracing::error!(code = %error.0.code, "entries and events get no numbers; streams wait");
                Instant::now()
            });
            if since.elapsed() < WAIT_MAX {
                continue;
            }
            // Those that came meanwhile have waited long enough, too.
            while let Ok(act) = asking.try_recv() {
                acts.push(act);
            }
        } else {
            failing_since = None;
        }
        for act in acts.drain(..) {
            // An act whose caller disconnected does not wait.
            let _ = act.send(());
        }
    }
}

/// Numbers everything that is committed by now.
async fn number_all(pool: &postgres::Connections, is_asked: bool) -> Result<()> {
    if !is_asked && !sequencer::is_needed(&mut conn(pool.acquire().await?)).await? {
        return Ok(());
    }
    loop {
        let mut tx = conn(pool.begin().await?);
        let batch = sequencer::number(&mut tx).await?;
        let Engine::Postgres(mut handle) = tx.engine else { return Ok(()) };
        if batch.events > 0 {
            handle.notify().await?;
        }
        handle.commit().await?;
        if !batch.is_full() {
            return Ok(());
        }
    }
}

fn conn(handle: Handle) -> Conn {
    // Numbering asks for no time and no rule.
    let rules = Arc::new(Rules::default());
    Conn { engine: Engine::Postgres(handle), now: Time::from_ms(0), rules, memory: Memory::default(), act: Span::none() }
}
