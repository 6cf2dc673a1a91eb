//! What the band says: whose move it is, what this is about, what happens otherwise, for each state and viewer.

use market::Money;
use market::job::{Outcome, Role, Status, View};

/// The band's sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// `Your move: fund the job`
    pub whose: String,
    /// One sentence or two.
    pub about: String,
}

impl Words {
    fn new(whose: impl Into<String>, about: impl Into<String>) -> Self {
        Self { whose: whose.into(), about: about.into() }
    }

    /// For this viewer; `version` is the newest of the work.
    pub fn of(view: &View, version: Option<i64>) -> Self {
        match view.role {
            Role::Poster => poster(view, version.unwrap_or(1)),
            Role::Worker => worker(view),
            Role::Applicant => applicant(view),
            Role::Visitor => Self::new("Open for applications", "Agents and people can apply until the timer ends."),
        }
    }
}

fn poster(view: &View, version: i64) -> Words {
    let worker = view.worker.as_deref().unwrap_or("The worker");
    let price = view.job.price.unwrap_or_default();
    let cost = view.job.cost();
    match view.job.status {
        Status::Open if view.applications == 0 => {
            Words::new("Waiting for applications", "Agents and people can apply until the timer ends. Nothing is paid yet.")
        }
        Status::Open => {
            Words::new("Your move: choose an application", format!("{}. Nothing is paid until you fund one.", applied(view.applications)))
        }
        Status::PendingEscrow => Words::new(
            format!("Your move: fund {cost}"),
            format!("{worker} was chosen for {price}. With the fee, {cost} is held in escrow until you approve."),
        ),
        Status::InProgress => {
            Words::new(format!("{worker}’s move"), format!("Nothing for you to do. {cost} is held until you have judged the work."))
        }
        Status::Delivered => {
            Words::new("Your move: judge the work", format!("{worker} delivered version {version}. Do nothing and it counts as approved."))
        }
        Status::RevisionRequested => Words::new(format!("{worker}’s move"), "You asked for a revision. Nothing for you to do."),
        Status::Releasing => Words::new("Approved", format!("{price} goes to {worker} when the cooldown ends.")),
        Status::Disputed => {
            Words::new("Your move: approve after all, or wait", format!("You rejected the work. Do nothing and {cost} comes back to you."))
        }
        _ => closed(view),
    }
}

fn worker(view: &View) -> Words {
    let price = view.job.price.unwrap_or_default();
    let said = view.job.reason.as_deref().map(|reason| format!(" They wrote: “{reason}”")).unwrap_or_default();
    match view.job.status {
        Status::PendingEscrow => {
            Words::new("The poster’s move", format!("You were chosen for {price}. Start when the money is held; you see it here."))
        }
        Status::InProgress => Words::new("Your move: deliver the work", format!("{price} is held for you.")),
        Status::Delivered => Words::new("The poster’s move", "Your work is in. Nothing for you to do."),
        Status::RevisionRequested => Words::new("Your move: deliver a new version", format!("The poster asked for a revision.{said}")),
        Status::Releasing => Words::new("Approved", format!("{price} is yours when the cooldown ends.")),
        Status::Disputed => Words::new("The poster rejected the work", format!("They can still approve it.{said}")),
        _ => closed(view),
    }
}

fn applicant(view: &View) -> Words {
    match view.job.status {
        Status::Open => Words::new("The poster’s move", "You have applied. You hear when they choose."),
        Status::PendingEscrow => {
            Words::new("The poster’s move", "Somebody was chosen and waits to be funded. If that lapses, your application counts again.")
        }
        Status::Cancelled | Status::Expired => Words::new("Closed", "The job was taken down."),
        _ => Words::new("Closed to you", "The job went to somebody else."),
    }
}

fn closed(view: &View) -> Words {
    let worker = view.worker.as_deref().unwrap_or("the worker");
    let price = view.job.price.unwrap_or_default();
    let to = if view.role == Role::Worker { "you" } else { worker };
    let back = if view.job.price.is_some_and(|_| view.job.escrow == market::job::Escrow::Refunded) {
        format!("{} went back to the poster.", view.job.cost())
    } else {
        "Nothing was paid.".to_owned()
    };
    match view.job.status {
        Status::Completed => Words::new("Completed", format!("{price} was paid to {to}.")),
        Status::Cancelled => Words::new("Cancelled", back),
        Status::Expired => Words::new("Expired", format!("Nobody moved in time. {back}")),
        _ => Words::new("In review", "Nothing for you to do."),
    }
}

/// What the timer does, as it reads after the time left.
pub fn otherwise(view: &View, outcome: Outcome) -> String {
    let cost: Money = view.job.cost();
    let price = view.job.price.unwrap_or_default();
    match (outcome, view.role) {
        (Outcome::Expire, _) => "then it is taken down".to_owned(),
        (Outcome::Lapse, _) => "then the choice lapses".to_owned(),
        (Outcome::Abandon | Outcome::Refund, Role::Poster) => format!("then {cost} comes back to you"),
        (Outcome::Abandon | Outcome::Refund, _) => "then the poster is refunded".to_owned(),
        (Outcome::AutoApprove, _) => "then it is approved".to_owned(),
        (Outcome::Release, Role::Worker) => format!("then you are paid {price}"),
        (Outcome::Release, _) => format!("then {price} is released"),
    }
}

fn applied(n: i64) -> String {
    if n == 1 { "One has applied".to_owned() } else { format!("{n} have applied") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::job::{Category, Escrow, Job};
    use market::{Span, Time};

    fn view(status: Status, role: Role) -> View {
        let now = Time::from_ms(0);
        let job = Job {
            id: "308f8811-0a46-4024-b8ef-514f4dcd857b".into(),
            team_id: "team_p".into(),
            member_id: "user_p".into(),
            title: "Parse".into(),
            description: String::new(),
            category: Category::Coding,
            status,
            budget_min: Money(48_000),
            budget_max: Money(48_000),
            deadline: None,
            release_delay: Span::days(1),
            fee_bps: 500,
            proof_required: false,
            proofer_count: 0,
            agent_id: None,
            worker_team_id: None,
            application_id: None,
            price: Some(Money(48_000)),
            escrow: Escrow::Held,
            revisions: 0,
            reason: Some("Add the sources.".into()),
            due_at: None,
            created_at: now,
            updated_at: now,
            closed_at: None,
            version: 1,
        };
        View {
            job,
            poster: "Larkfield".into(),
            worker: Some("ferrous-2".into()),
            role,
            may_read: true,
            held: Money(50_400),
            applications: 2,
            application_id: None,
            otherwise: None,
        }
    }

    #[test]
    fn whoever_has_the_move_is_told_so() {
        for &status in Status::ALL {
            for role in [Role::Poster, Role::Worker] {
                let view = view(status, role);
                let told = Words::of(&view, Some(2)).whose.starts_with("Your move");
                // An open job is nobody's who was chosen for it.
                let mine = view.is_my_move() && !matches!(status, Status::PendingProof | Status::Approved);
                assert_eq!(told, mine, "{status} for {role}");
            }
        }
    }

    #[test]
    fn sums_are_said_where_they_are_decided() {
        assert_eq!(Words::of(&view(Status::PendingEscrow, Role::Poster), None).whose, "Your move: fund 504.00");
        assert!(Words::of(&view(Status::RevisionRequested, Role::Worker), None).about.contains("“Add the sources.”"));
        assert_eq!(otherwise(&view(Status::InProgress, Role::Poster), Outcome::Abandon), "then 504.00 comes back to you");
        assert_eq!(otherwise(&view(Status::InProgress, Role::Worker), Outcome::Abandon), "then the poster is refunded");
    }
}
