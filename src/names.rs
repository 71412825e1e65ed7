//! Names of the field, parsed: registry hosts, image references, providers and
//! service accounts. No I/O and no places.
