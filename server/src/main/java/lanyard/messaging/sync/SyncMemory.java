package lanyard.messaging.sync;

/// What devices have been told that no token says. Losing it costs a repetition.
record SyncMemory(TypingNews typingNews, ToldMembers toldMembers) {}
