//! The mails of notifications. Each says what it is about, where to act, and how to stop mails like it.

use super::digest::LINES_MAX;
use super::news::one_line;
use super::{Kind, Notification, Place, moves, store};
use identity::internal::Reachable;
use identity::member::Member;
use kernel::id::{self, JobId, MemberId};
use kernel::{Result, Time};
use platform::db::{Conn, Tx};
use platform::mail::{self, Mail};
use work::internal::{Turn, turn};

/// The length of the secret of the links that stop a member's mail.
const SECRET: usize = 32;

/// Sends a notification at once.
pub(super) async fn at_once(tx: &mut Tx, to: &Reachable, kind: Kind, job: &JobId, body: &str, of: Option<&Turn>) -> Result<()> {
    let title = title(tx, job, of).await?;
    let subject = if of.is_some() { format!("Your move: {title}") } else { title.clone() };
    let text = format!("{body}\n\nJob: {title}\n{}", limit(of));
    one(tx, to, kind, &of_job(job), subject, &text).await
}

/// Reminds of a move.
pub(super) async fn reminder(tx: &mut Tx, to: &Reachable, kind: Kind, sentence: &str, of: &Turn) -> Result<()> {
    let title = one_line(&of.title);
    let text = format!("The time for this is almost over. {sentence}\n\nJob: {title}\n{}", limit(Some(of)));
    one(tx, to, kind, &of_job(&of.job_id), format!("Reminder: {title}"), &text).await
}

/// Tells a member of a report, or of a thing that an admin hid.
pub(super) async fn of_safety(tx: &mut Tx, to: &Reachable, place: Place, body: &str) -> Result<()> {
    let path = place.page().unwrap_or("/notifications");
    let subject = if place == Place::Cases { "A case waits for you" } else { "A report at Guildhall" };
    one(tx, to, Kind::Safety, path, subject.to_owned(), &format!("{body}\n\n")).await
}

/// Returns the path of a job's page.
fn of_job(job: &JobId) -> String {
    format!("/jobs/{job}")
}

async fn title(conn: &mut Conn, job: &JobId, of: Option<&Turn>) -> Result<String> {
    let read = if of.is_none() { turn(conn, job).await? } else { None };
    Ok(of.or(read.as_ref()).map(|turn| one_line(&turn.title)).unwrap_or_default())
}

/// The sentence about the time that is left.
fn limit(of: Option<&Turn>) -> String {
    let Some((outcome, at)) = of.and_then(|turn| turn.next.otherwise.zip(turn.next.at)) else { return String::new() };
    format!("Until: {}. If nothing happens until then, {}.\n", clock(at), moves::otherwise(outcome))
}

/// Formats a time as people write it, in UTC.
fn clock(at: Time) -> String {
    let utc = at.utc();
    format!("{} {} {}, {:02}:{:02} UTC", utc.day(), utc.month(), utc.year(), utc.hour(), utc.minute())
}

/// Queues the mail of one notification, with a link to the page at a path.
async fn one(tx: &mut Tx, to: &Reachable, kind: Kind, path: &str, subject: String, text: &str) -> Result<()> {
    let base = tx.rules.base_url.clone();
    let (stop, foot) = foot(tx, &to.member_id, Some(kind)).await?;
    let text = format!("Hello {},\n\n{text}\n{base}{path}\n\n{foot}", one_line(&to.name));
    mail::queue(tx, &Mail { to: to.email.clone(), subject, text, unsubscribe: Some(stop) }).await
}

/// Queues a member's daily mail.
pub(super) async fn daily(tx: &mut Tx, to: &Member, due: &[Notification]) -> Result<()> {
    let base = tx.rules.base_url.clone();
    let shown = usize::try_from(LINES_MAX).unwrap_or_default();
    let line = |told: &Notification| {
        let title = told.job_title.as_deref().map(|title| format!("{}: ", one_line(title))).unwrap_or_default();
        let path = told.job_id.as_ref().map(of_job).or_else(|| told.place.page().map(str::to_owned));
        let link = path.map(|path| format!("\n  {base}{path}")).unwrap_or_default();
        format!("- {title}{}{link}\n", told.body)
    };
    let lines: String = due.iter().take(shown).map(line).collect();
    let more = if due.len() > shown { "- and more\n" } else { "" };
    let (stop, foot) = foot(tx, &to.id, None).await?;
    let text = format!(
        "Hello {},\n\nthis is new since yesterday:\n\n{lines}{more}\nAll of it: {base}/notifications\n\n{foot}",
        one_line(&to.name)
    );
    mail::queue(tx, &Mail { to: to.email.clone(), subject: "New at Guildhall".to_owned(), text, unsubscribe: Some(stop) }).await
}

/// Returns the address that stops mails like this one, and the lines that say so. Without a kind it stops all daily ones.
async fn foot(tx: &mut Tx, member: &MemberId, kind: Option<Kind>) -> Result<(String, String)> {
    let secret = store::stop_secret(tx, member, &id::secret(SECRET)).await?;
    let base = &tx.rules.base_url;
    let what = kind.map_or("daily", Kind::as_str);
    let stop = format!("{base}/unsubscribe?token={secret}&kind={what}");
    let foot = format!("Stop mails like this: {stop}\nChoose what is mailed: {base}/settings/notifications\n\nGuildhall\n{base}\n");
    Ok((stop, foot))
}
