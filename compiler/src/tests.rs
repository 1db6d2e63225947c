//! Fixture tests
