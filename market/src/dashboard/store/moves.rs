//! The SQL condition that a job waits for a party, written from the rules that decide the next move of a loaded job.

use work::job::{Mover, RULES, Status, When};

/// Writes the condition that a job `j` waits for a party. It holds for exactly the jobs whose next move is that party's, as their
/// poster knows them.
pub(super) fn waits_for(who: Mover) -> String {
    let (mut plain, mut statuses, mut conditions): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    for (n, rule) in RULES.iter().enumerate().filter(|(_, rule)| rule.who == who) {
        // Of a status the first rule that holds counts, so the earlier ones of other parties must not hold.
        let earlier = RULES.iter().take(n).filter(|other| other.status == rule.status && other.who != who);
        let not_earlier = earlier.filter_map(|other| condition(other.when)).map(|other| format!("not {other}"));
        let rules: Vec<_> = condition(rule.when).map(str::to_owned).into_iter().chain(not_earlier).collect();
        let word = word(rule.status);
        if rules.is_empty() {
            plain.push(word.clone());
        } else {
            conditions.push(format!("j.status = {word} and {}", rules.join(" and ")));
        }
        if !statuses.contains(&word) {
            statuses.push(word);
        }
    }
    if !plain.is_empty() {
        conditions.insert(0, format!("j.status in ({})", plain.join(", ")));
    }
    format!("j.status in ({}) and ({})", statuses.join(", "), conditions.join(" or "))
}

fn word(status: Status) -> String {
    format!("'{status}'")
}

/// Returns the condition in SQL; none if it always holds.
fn condition(when: When) -> Option<&'static str> {
    Some(match when {
        When::Otherwise => return None,
        When::Applied => "exists (select 1 from application p where p.job_key = j.key and p.kind = 'work' and p.status = 'pending')",
        When::ProofersApplied => {
            "exists (select 1 from application p where p.job_key = j.key and p.kind = 'proof' and p.status = 'pending')"
        }
        When::SeatsFilled => {
            "exists (select 1 from review v where v.job_key = j.key and (select count(*) from proof_seat s where s.job_key = j.key \
             and s.round = v.round and s.status <> 'freed') >= v.proofer_count and exists (select 1 from proof_seat s \
             where s.job_key = j.key and s.round = v.round and s.status = 'accepted'))"
        }
        When::PosterAnswers => {
            "exists (select 1 from dispute d where d.job_key = j.key and d.status = 'open' and d.side = 'worker' and d.answer is null)"
        }
        When::WorkerAnswers => {
            "exists (select 1 from dispute d where d.job_key = j.key and d.status = 'open' and d.side = 'poster' and d.answer is null)"
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_condition_of_each_dashboard_reads_as_its_rules() {
        insta::assert_snapshot!(format!("poster: {}\nworker: {}", waits_for(Mover::Poster), waits_for(Mover::Worker)));
    }
}
