package lanyard.trust.oauth;

/// An app on an organisation's register.
record ApprovedApp(String id, String organization, AppEntry entry) {}
