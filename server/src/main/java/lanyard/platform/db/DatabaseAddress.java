package lanyard.platform.db;

/// Where the database is and how to be let in. Hides the password when printed.
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
        return "DatabaseAddress[" + jdbcUrl + ", " + user + ", password hidden]";
    }
}
