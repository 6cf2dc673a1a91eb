//! The type of an event: a struct of facts, and a spec with its receivers and the fields that each of them sees.

use serde::Serialize;

/// A typed event. Its fields are its facts.
pub trait EventType: Serialize {
    /// Its name, its receivers, and the fields that each of them sees.
    const SPEC: Spec;
}

/// The relation of a team to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The event is the team's own: of a job, its poster's.
    Own,
    /// The event is another team's and names this one: of a job, its worker.
    Named,
    /// The event was sent to a topic that the team follows.
    Topic,
}

impl Relation {
    /// The number of relations.
    pub const COUNT: usize = 3;
}

/// The team whose event it is.
pub const OWN: &[Relation] = &[Relation::Own];
/// The other teams that the event names.
pub const NAMED: &[Relation] = &[Relation::Named];
/// The event's own team and those it names.
pub const BOTH: &[Relation] = &[Relation::Own, Relation::Named];
/// The teams that follow the event's topic.
pub const TOPIC: &[Relation] = &[Relation::Topic];

/// A type of message in streams. Different events can arrive under one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamType {
    /// The value of the stream's `event:` line, such as `application.update`.
    pub name: &'static str,
    /// The meaning of a message of this type, for the documents.
    pub sentence: &'static str,
}

/// A fact that one side sees: the event's field, and its name on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The name in the event's payload.
    pub from: &'static str,
}

/// An event as one side receives it.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub(super) relations: &'static [Relation],
    pub(super) stream_type: StreamType,
    pub(super) fields: &'static [Field],
    pub(super) status: Option<&'static str>,
    pub(super) scope: Option<&'static str>,
    pub(super) worth: Option<&'static str>,
}

impl View {
    /// Creates the view of these sides: their stream type and fields.
    pub const fn new(relations: &'static [Relation], name: &'static str, sentence: &'static str, fields: &'static [Field]) -> Self {
        Self::of_type(relations, StreamType { name, sentence }, fields)
    }

    /// Creates the view of these sides under a stream type that several events share.
    pub const fn of_type(relations: &'static [Relation], stream_type: StreamType, fields: &'static [Field]) -> Self {
        Self { relations, stream_type, fields, status: None, scope: None, worth: None }
    }

    /// Sets the status that is sent: the status of the receiver's application, not of the job.
    #[must_use]
    pub const fn leaving(self, status: &'static str) -> Self {
        Self { status: Some(status), ..self }
    }

    /// Sends it only to credentials with this scope.
    #[must_use]
    pub const fn needing(self, scope: &'static str) -> Self {
        Self { scope: Some(scope), ..self }
    }

    /// Names the fact that followers of a topic may ask to be of some least [worth](super::Topic::worth_min).
    #[must_use]
    pub const fn worth(self, fact: &'static str) -> Self {
        Self { worth: Some(fact), ..self }
    }
}

/// The name of an event, its receivers, and the fields that each of them sees.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// A noun and a participle: `job.funded`.
    pub name: &'static str,
    pub(super) views: &'static [View],
    /// True if the event belongs to its subject's history, so that it is never swept.
    pub in_history: bool,
    /// The area of the team's audit log that shows the event and keeps it; none if no log shows it.
    pub audited: Option<&'static str>,
    /// True if the event changes the topics that its team follows.
    pub moves_topics: bool,
    /// True if the event may end a credential of open streams.
    pub ends_credentials: bool,
}

impl Spec {
    /// Creates the spec of an event that streams carry.
    pub const fn new(name: &'static str, views: &'static [View]) -> Self {
        Self { name, views, in_history: false, audited: None, moves_topics: false, ends_credentials: false }
    }

    /// Creates the spec of an event that no stream carries.
    pub const fn internal(name: &'static str) -> Self {
        Self::new(name, &[])
    }

    /// Keeps the event as long as its subject.
    #[must_use]
    pub const fn in_history(self) -> Self {
        Self { in_history: true, ..self }
    }

    /// Shows the event in an area of its team's audit log, and keeps it.
    #[must_use]
    pub const fn audited(self, area: &'static str) -> Self {
        Self { audited: Some(area), ..self }
    }

    /// Makes open streams of its team read their topics again.
    #[must_use]
    pub const fn moving_topics(self) -> Self {
        Self { moves_topics: true, ..self }
    }

    /// Makes open streams check their credentials at once.
    #[must_use]
    pub const fn ending_credentials(self) -> Self {
        Self { ends_credentials: true, ..self }
    }

    /// Returns the views of a side; none if it does not receive the event.
    pub fn views_of(&self, relation: Relation) -> impl Iterator<Item = &'static View> {
        self.views.iter().filter(move |view| view.relations.contains(&relation))
    }

    /// Returns the stream types under which it is sent.
    pub fn stream_types(&self) -> impl Iterator<Item = StreamType> {
        self.views.iter().map(|view| view.stream_type)
    }
}

/// Lists fields of an event struct, each checked by the compiler: `event_fields!(Completed: job.title, price as amount)`.
#[macro_export]
macro_rules! event_fields {
    ($event:ident: $($field:ident $(. $inner:ident)? $(as $name:ident)?),+ $(,)?) => {{
        const _: fn(&$event) = |event| { $(let _ = &event.$field$(.$inner)?;)+ };
        &[$($crate::event::Field {
            name: $crate::event_fields!(@last $field $($inner)? $($name)?),
            from: $crate::event_fields!(@last $field $($inner)?),
        }),+]
    }};
    (@last $only:ident) => { stringify!($only) };
    (@last $first:ident $($rest:ident)+) => { $crate::event_fields!(@last $($rest)+) };
}
