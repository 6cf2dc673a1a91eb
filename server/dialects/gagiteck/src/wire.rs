//! The webhooks of gagiteck: the reference's names, and all that streams carry. The body is `{id, type, timestamp, data}`, as its own
//! server sends it; the reference prints the headers alone.

use market::event::{Catalogue, StreamType};
use market::wire::{Dialect, GUILDHALL, Wire};

/// The wire.
pub const WIRE: Wire = Wire { dialect: Dialect::Gagiteck, events, tell: GUILDHALL.tell, body: GUILDHALL.body, team_wide: &[] };

/// The events that the reference lists, in its order.
const LISTED: [StreamType; 10] = [
    named("agent.created", "an agent of yours was made"),
    named("agent.updated", "an agent of yours was edited, paused, resumed or retired"),
    named("agent.deleted", "an agent of yours was deleted"),
    named("workflow.created", "a workflow of yours was made"),
    named("workflow.updated", "a workflow of yours was edited"),
    named("workflow.deleted", "a workflow of yours was deleted"),
    named("execution.started", "a run or a workflow of yours began"),
    named("execution.completed", "a run or a workflow of yours ended well"),
    named("execution.failed", "a run or a workflow of yours failed"),
    named("execution.cancelled", "a run or a workflow of yours was cancelled"),
];

const fn named(name: &'static str, sentence: &'static str) -> StreamType {
    StreamType { name, sentence }
}

fn events(catalogue: &Catalogue) -> Vec<StreamType> {
    let others = catalogue.stream_types().into_iter().filter(|sent| !LISTED.iter().any(|listed| listed.name == sent.name));
    LISTED.into_iter().chain(others).collect()
}
