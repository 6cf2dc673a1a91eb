//! The fields for a job's review settings, on the form that posts a job and on the job's page while they may change.

use crate::ui::field::{Field, MoneyField, Tick};
use crate::ui::group::Group;
use islands::round_cost::RoundCost;
use leptos::prelude::*;
use market::Money;
use market::review::{Change, PROOFERS_MAX, ROUNDS_USUAL, Section, Settings};
use market::text::Check;
use serde::{Deserialize, Serialize};

/// The most sections of a rubric.
const SECTIONS_MAX: usize = 12;

/// A section of the rubric, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectionInput {
    name: String,
    weight: String,
    description: String,
}

/// The submitted values of the fields.
pub(crate) struct ReviewSettingsInput {
    pub(crate) required: bool,
    pub(crate) count: Option<String>,
    pub(crate) fee: Option<String>,
    pub(crate) rounds: Option<String>,
    pub(crate) tie_break: bool,
    pub(crate) rubric: Vec<SectionInput>,
}

impl ReviewSettingsInput {
    /// Converts the values to the market's change; unreadable ones are reported to `check`.
    pub(crate) fn change(&self, check: &mut Check) -> Change {
        if !self.required {
            return Change { proof_required: Some(false), ..Change::default() };
        }
        let said = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let fee = said(&self.fee).and_then(|fee| check.take(Money::typed("proof_fee", &fee)));
        let rows = self.rubric.iter().filter(|row| !row.name.trim().is_empty() || !row.description.trim().is_empty());
        Change {
            proof_required: Some(true),
            proofer_count: said(&self.count).and_then(|count| whole("proofer_count", &count, check)),
            proof_fee: fee.map(|fee| fee.0),
            proof_rounds: said(&self.rounds).and_then(|rounds| whole("proof_rounds", &rounds, check)),
            tie_break: Some(self.tie_break),
            rubric: Some(rows.map(|row| row.section(check)).collect()),
        }
    }
}

impl SectionInput {
    fn section(&self, check: &mut Check) -> Section {
        let weight = match self.weight.trim() {
            "" => 1,
            text => whole("rubric.weight", text, check).unwrap_or(1),
        };
        Section { name: self.name.clone(), weight, description: self.description.clone() }
    }
}

/// Parses a whole number; anything else is reported to `check`.
pub(crate) fn whole(field: &'static str, text: &str, check: &mut Check) -> Option<i64> {
    let number = text.trim().parse().ok();
    if number.is_none() {
        check.wrong(field, "It must be a whole number.");
    }
    number
}

/// The fields for review settings. Those about proofers are hidden while no review is asked for.
#[component]
pub fn SettingsFields(settings: Settings) -> impl IntoView {
    let Settings { proof_required, proofer_count, proof_fee, proof_rounds, tie_break, rubric } = settings;
    let rounds = if proof_required { proof_rounds } else { ROUNDS_USUAL.min(crate::visitor::rules().revisions_max + 1) };
    let count = if proof_required { proofer_count } else { 3 };
    let fee = if proof_required { proof_fee.major() } else { String::new() };
    let bps = crate::visitor::rules().proof_fee_bps;
    let help = format!("For each, each round. Left out, it is {} of the budget.", crate::job::percent(bps));
    view! {
        <fieldset class="proofing">
            <legend class="label">"Proofing"</legend>
            <Tick name="proof_required" label="Ask for proofers" ticked=proof_required />
            <p class="help">"Independent proofers judge the work, blind to each other, before it is paid. You choose them when the work is handed in, and pay them then."</p>
            <div class="if-proofed form mt-4">
                <div class="pair">
                    <Field name="proofer_count" label="Proofers" kind="number" value=count.to_string() help=format!("1 to {PROOFERS_MAX}. An odd number can’t tie on yes and no.") />
                    <MoneyField name="proof_fee" label="Fee" value=fee optional=true help=help />
                </div>
                <Field name="proof_rounds" label="Rounds" kind="number" value=rounds.to_string() help="If changes are asked for, the next round costs the same again. Your wallet pays for this many; you are asked before any more." />
                <RoundCost count=count cents=proof_fee.0 />
                <Tick name="tie_break" label="Ask one more if they tie, for the same fee" ticked=tie_break />
                <Rubric rubric=rubric />
            </div>
        </fieldset>
    }
}

#[component]
fn Rubric(rubric: Vec<Section>) -> impl IntoView {
    let rows = (0..SECTIONS_MAX).map(|i| view! { <RubricRow i=i section=rubric.get(i).cloned() /> });
    let rows = rows.collect_view();
    view! {
        <Group name="rubric" label="Rubric" optional=true help="What they score apart, and how much each counts against the others. Without one they give a single score.">
            <ol class="grows">{rows}</ol>
        </Group>
    }
}

#[component]
fn RubricRow(i: usize, section: Option<Section>) -> impl IntoView {
    let typed = |part: &str| crate::ui::form::typed(&format!("rubric[{i}][{part}]"));
    let name = |part: &str| format!("rubric[{i}][{part}]");
    let label = |part: &str| format!("{part} of section {}", i + 1);
    let Section { name: called, weight, description } = section.clone().unwrap_or_default();
    let weight = if section.is_some() { weight.to_string() } else { String::new() };
    // CSS recognises empty rows by their placeholders.
    view! {
        <li class="rubric-row">
            <input class="input" name=name("name") aria-label=label("Name") placeholder="Section" value=typed("name").unwrap_or(called) />
            <input class="input" name=name("weight") aria-label=label("Weight") placeholder="Weight" inputmode="numeric" value=typed("weight").unwrap_or(weight) />
            <input class="input" name=name("description") aria-label=label("Description") placeholder="What to look for" value=typed("description").unwrap_or(description) />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> ReviewSettingsInput {
        let row = |name: &str, weight: &str| SectionInput { name: name.into(), weight: weight.into(), description: String::new() };
        ReviewSettingsInput {
            required: true,
            count: Some("3".into()),
            fee: Some("12.50".into()),
            rounds: Some("2".into()),
            tie_break: true,
            rubric: vec![row("Accuracy", "50"), row("", ""), row("Style", "")],
        }
    }

    #[test]
    fn fields_become_settings() {
        let mut check = Check::new();
        let change = typed().change(&mut check);
        check.done().expect("all can be read");
        assert_eq!((change.proofer_count, change.proof_fee, change.tie_break), (Some(3), Some(1_250), Some(true)));
        let rubric: Vec<_> = change.rubric.expect("a rubric").into_iter().map(|section| (section.name, section.weight)).collect();
        assert_eq!(rubric, [("Accuracy".to_owned(), 50), ("Style".to_owned(), 1)], "empty rows are none");
    }

    #[test]
    fn nobody_asked_for_is_nobody_whatever_else_was_typed() {
        let change = ReviewSettingsInput { required: false, ..typed() }.change(&mut Check::new());
        assert_eq!(change, Change { proof_required: Some(false), ..Change::default() });
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        let mut check = Check::new();
        let row = SectionInput { name: "Style".into(), weight: "much".into(), description: String::new() };
        ReviewSettingsInput { count: Some("some".into()), fee: Some("a lot".into()), rubric: vec![row], ..typed() }.change(&mut check);
        let names: Vec<_> = check.done().expect_err("three wrong").fields.into_iter().map(|field| field.name).collect();
        assert_eq!(names, ["proof_fee", "proofer_count", "rubric.weight"]);
    }
}
