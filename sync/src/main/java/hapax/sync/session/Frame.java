package hapax.sync.session;

import hapax.sync.FieldReader;

/** One frame that was read. */
record Frame(FrameKind kind, int turn, long offset, FieldReader fields) {}
