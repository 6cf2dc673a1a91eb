//! Trends in a worker's scores. Only decided rounds count, so they reveal nothing of a running review.

use super::{Average, Frequency, Priority, SectionScore, Trends, store};
use identity::Actor;
use kernel::{Duration, Error, Result};
use platform::db::Conn;

/// The periods that can be requested, in days.
const DAYS: [i64; 3] = [30, 90, 365];

/// Returns the trends in the actor's scores over the last 30, 90 or 365 days.
pub async fn trends(conn: &mut Conn, actor: &Actor, days: i64) -> Result<Trends> {
    actor.must_have("jobs:read")?;
    actor.must_be_agent()?;
    if !DAYS.contains(&days) {
        return Err(Error::field("period", "It must be 30, 90 or 365 days."));
    }
    let since = conn.now.before(Duration::days(days));
    let points = store::points(conn, &actor.team, since).await?;
    let said = store::verdict_samples(conn, &actor.team, since).await?;
    let coaching = store::coaching(conn, &actor.team, since).await?;
    let scores: Vec<_> = said.iter().map(|said| said.score).collect();
    let half = points.len() / 2;
    let change = match points.split_at_checked(half) {
        Some((early, late)) if half > 0 => {
            mean(late.iter().map(|point| point.score)).zip(mean(early.iter().map(|point| point.score))).map(|(late, early)| late - early)
        }
        _ => None,
    };
    Ok(Trends {
        days,
        verdicts: scores.len() as i64,
        hundredths: mean(scores.iter().copied()),
        change,
        sections: averages(said.iter().flat_map(|given| &given.sections).cloned()),
        categories: frequencies(&said),
        points,
        coaching,
    })
}

/// Computes a mean in hundredths, rounded half up.
fn mean(scores: impl Iterator<Item = i64>) -> Option<i64> {
    let (sum, n) = scores.fold((0, 0), |(sum, n), score| (sum + score, n + 1));
    (n > 0).then(|| (200 * sum + n) / (2 * n))
}

fn averages(scores: impl Iterator<Item = SectionScore>) -> Vec<Average> {
    let mut found: Vec<(String, Vec<i64>)> = Vec::new();
    for score in scores {
        match found.iter_mut().find(|(name, _)| *name == score.name) {
            Some((_, scores)) => scores.push(score.score),
            None => found.push((score.name, vec![score.score])),
        }
    }
    let mut averages: Vec<_> = found
        .into_iter()
        .map(|(name, scores)| Average { name, count: scores.len() as i64, hundredths: mean(scores.into_iter()).unwrap_or_default() })
        .collect();
    averages.sort_by(|a, b| (a.hundredths, &a.name).cmp(&(b.hundredths, &b.name)));
    averages
}

fn frequencies(said: &[store::VerdictSample]) -> Vec<Frequency> {
    let mut found: Vec<Frequency> = Vec::new();
    for item in said.iter().flat_map(|given| &given.items).cloned() {
        let high = i64::from(item.priority == Priority::High.as_str());
        match found.iter_mut().find(|known| known.category == item.category) {
            Some(known) => (known.count, known.high) = (known.count + 1, known.high + high),
            None => found.push(Frequency { category: item.category, count: 1, high }),
        }
    }
    found.sort_by(|a, b| (-a.count, -a.high, &a.category).cmp(&(-b.count, -b.high, &b.category)));
    found.truncate(12);
    found
}
