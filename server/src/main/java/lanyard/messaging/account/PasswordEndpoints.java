package lanyard.messaging.account;

import java.util.List;
import lanyard.messaging.timeline.Draft;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;

/// <https://spec.matrix.org/v1.18/client-server-api/#account-registration-and-management>: changing one's password,
/// ending
/// one's account, and addresses to be found by, of which there are none: people are found in the directory.
final class PasswordEndpoints {
    private static final String ACCOUNT = "/_matrix/client/v3/account/";
    private static final String REGISTER = "/_matrix/client/v3/register/";

    private final AccountParts parts;

    PasswordEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST " + ACCOUNT + "password", this::changePassword);
        routes.add("POST " + ACCOUNT + "deactivate", this::deactivateAccount);
        routes.add("GET " + ACCOUNT + "3pid", this::getAccount3PIDs);
        routes.add("POST " + ACCOUNT + "3pid", this::post3PIDs);
        routes.add("POST " + ACCOUNT + "3pid/add", this::add3PID);
        routes.add("POST " + ACCOUNT + "3pid/bind", this::bind3PID);
        routes.add("POST " + ACCOUNT + "3pid/delete", this::delete3pidFromAccount);
        routes.add("POST " + ACCOUNT + "3pid/unbind", this::unbind3pidFromAccount);
        routes.add("POST " + ACCOUNT + "3pid/email/requestToken", this::requestTokenTo3PIDEmail);
        routes.add("POST " + ACCOUNT + "3pid/msisdn/requestToken", this::requestTokenTo3PIDMSISDN);
        routes.add("POST " + ACCOUNT + "password/email/requestToken", this::requestTokenToResetPasswordEmail);
        routes.add("POST " + ACCOUNT + "password/msisdn/requestToken", this::requestTokenToResetPasswordMSISDN);
        routes.add("POST " + REGISTER + "email/requestToken", this::requestTokenToRegisterEmail);
        routes.add("POST " + REGISTER + "msisdn/requestToken", this::requestTokenToRegisterMSISDN);
    }

    private Reply changePassword(Exchange x) {
        var caller = parts.identity().caller(x);
        parts.identity().interactiveAuth().requireOwnApp(caller);
        var body = x.body();
        var password = Json.text(body, "new_password");
        var othersStay = !Json.optionalBoolean(body, "logout_devices").orElse(true);
        var challenge = parts.identity().interactiveAuth().challenge(caller, x, body);
        if (challenge.isPresent()) {
            return challenge.get();
        }
        parts.identity().signIn().changePassword(caller, password, othersStay);
        return Reply.empty();
    }

    /// An account is the organisation's to end; test suites may end theirs.
    private Reply deactivateAccount(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Your account belongs to your organisation, which ends it when you leave.");
        }
        parts.identity().interactiveAuth().requireOwnApp(caller);
        var challenge = parts.identity().interactiveAuth().challenge(caller, x, x.body());
        if (challenge.isPresent()) {
            return challenge.get();
        }
        var rooms = List.copyOf(parts.timeline().memberships().of(caller.user()).entrySet());
        rooms.stream()
                .filter(room ->
                        room.getValue().equals("join") || room.getValue().equals("invite"))
                .forEach(room -> leave(caller.user(), room.getKey()));
        parts.writer().write(commit -> {
            parts.identity().leave(commit, caller.user(), caller.user().value(), "deactivated by themselves");
            return caller;
        });
        return Reply.json(Json.object().put("id_server_unbind_result", "no-support"));
    }

    private void leave(UserId user, RoomId room) {
        parts.writer()
                .write(commit -> parts.timeline()
                        .append(
                                commit,
                                Draft.state(
                                        room,
                                        user,
                                        StateKey.member(user.value()),
                                        Json.object().put("membership", "leave"))));
    }

    private Reply getAccount3PIDs(Exchange x) {
        parts.identity().caller(x);
        var reply = Json.object();
        reply.putArray("threepids");
        return Reply.json(reply);
    }

    private Reply post3PIDs(Exchange x) {
        return denied(x);
    }

    private Reply add3PID(Exchange x) {
        return denied(x);
    }

    private Reply bind3PID(Exchange x) {
        return denied(x);
    }

    private Reply delete3pidFromAccount(Exchange x) {
        return denied(x);
    }

    private Reply unbind3pidFromAccount(Exchange x) {
        return denied(x);
    }

    private Reply requestTokenTo3PIDEmail(Exchange x) {
        throw noAddresses();
    }

    private Reply requestTokenTo3PIDMSISDN(Exchange x) {
        throw noAddresses();
    }

    private Reply requestTokenToResetPasswordEmail(Exchange x) {
        throw noAddresses();
    }

    private Reply requestTokenToResetPasswordMSISDN(Exchange x) {
        throw noAddresses();
    }

    private Reply requestTokenToRegisterEmail(Exchange x) {
        throw noAddresses();
    }

    private Reply requestTokenToRegisterMSISDN(Exchange x) {
        throw noAddresses();
    }

    private Reply denied(Exchange x) {
        parts.identity().caller(x);
        throw noAddresses();
    }

    private static MatrixException noAddresses() {
        return new MatrixException(
                ErrorCode.M_THREEPID_DENIED,
                "Email addresses and phone numbers are not used here; colleagues are found in the directory.");
    }
}
