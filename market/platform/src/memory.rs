//! Facts that a process keeps in memory of its database: one value of each type, which whoever owns the type keeps true.

mod until_next_event;
pub use until_next_event::UntilNextEvent;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A lock that tasks wait for, for what one of them does for all.
pub use tokio::sync::Mutex as AsyncMutex;

/// The kept values of one open database. Cheap to clone.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl Memory {
    /// Returns the value of this type, which begins as its default.
    pub fn of<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        value.downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_one_value() {
        let memory = Memory::default();
        *memory.of::<Mutex<i64>>().lock().unwrap() = 7;
        assert_eq!(*memory.clone().of::<Mutex<i64>>().lock().unwrap(), 7);
        assert_eq!(*memory.of::<Mutex<u8>>().lock().unwrap(), 0);
    }
}
