package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Room.contentText;
import static lanyard.standards.matrix.rules.Room.text;

import tools.jackson.databind.node.ObjectNode;

/// Rule 5: coming into a room and leaving it.
final class MemberRules {
    private final Room room;
    private final ObjectNode event;
    private final String sender;
    private final String target;

    private MemberRules(Room room, ObjectNode event) {
        this.room = room;
        this.event = event;
        this.sender = text(event, "sender");
        this.target = text(event, "state_key");
    }

    static AuthResult check(Room room, ObjectNode event) {
        // 5.1
        if (!event.path("state_key").isString() || !event.path("content").has("membership")) {
            return AuthResult.refused("A membership needs a person and a state.");
        }
        // 5.2.1: the homeserver of join_authorised_via_users_server must have signed. That is part of checking
        // signatures, which needs that server's keys: Signing.requiredSigners.
        var rules = new MemberRules(room, event);
        return switch (contentText(event, "membership")) {
            case "join" -> rules.join();
            case "invite" -> rules.invite();
            case "leave" -> rules.leave();
            case "ban" -> rules.ban();
            case "knock" -> rules.knock();
            // 5.8
            default -> AuthResult.refused("There is no such membership.");
        };
    }

    private AuthResult join() {
        // 5.3.1
        if (target.equals(room.creator()) && room.isFirstAfterCreate(event)) {
            return AuthResult.allowed();
        }
        // 5.3.2
        if (!sender.equals(target)) {
            return AuthResult.refused("People join for themselves; nobody can join for another.");
        }
        var membership = room.membership(sender);
        // 5.3.3
        if (membership.equals("ban")) {
            return AuthResult.refused("You are banned from this room.");
        }
        var isExpected = membership.equals("invite") || membership.equals("join");
        return switch (room.joinRule()) {
            // 5.3.4
            case "invite", "knock" -> isExpected ? AuthResult.allowed() : AuthResult.refused(NOT_INVITED);
            // 5.3.5
            case "restricted", "knock_restricted" -> isExpected ? AuthResult.allowed() : joinByAuthoriser();
            // 5.3.6
            case "public" -> AuthResult.allowed();
            // 5.3.7
            default -> AuthResult.refused(NOT_INVITED);
        };
    }

    private static final String NOT_INVITED = "You have not been invited to this room.";

    private AuthResult joinByAuthoriser() {
        var authoriser = contentText(event, "join_authorised_via_users_server");
        var levels = room.powerLevels();
        // 5.3.5.2
        if (!room.hasJoined(authoriser) || levels.user(authoriser) < levels.invite()) {
            return AuthResult.refused("Nobody in this room who may invite vouches for you.");
        }
        // 5.3.5.3
        return AuthResult.allowed();
    }

    private AuthResult invite() {
        // 5.4.1
        if (event.path("content").has("third_party_invite")) {
            return ThirdPartyInviteRules.check(room, event);
        }
        // 5.4.2
        if (!room.hasJoined(sender)) {
            return AuthResult.refused("You are not in this room.");
        }
        // 5.4.3
        var membership = room.membership(target);
        if (membership.equals("join")) {
            return AuthResult.refused("This person is already in the room.");
        }
        if (membership.equals("ban")) {
            return AuthResult.refused("This person is banned from the room.");
        }
        // 5.4.4
        var levels = room.powerLevels();
        if (levels.user(sender) >= levels.invite()) {
            return AuthResult.allowed();
        }
        // 5.4.5
        return AuthResult.refused("You may not invite people to this room.");
    }

    private AuthResult leave() {
        // 5.5.1
        if (sender.equals(target)) {
            return switch (room.membership(sender)) {
                case "invite", "join", "knock" -> AuthResult.allowed();
                default -> AuthResult.refused("You are not in this room.");
            };
        }
        // 5.5.2
        if (!room.hasJoined(sender)) {
            return AuthResult.refused("You are not in this room.");
        }
        // 5.5.3
        var levels = room.powerLevels();
        if (room.membership(target).equals("ban") && levels.user(sender) < levels.ban()) {
            return AuthResult.refused("You may not lift a ban in this room.");
        }
        // 5.5.4
        if (levels.user(sender) >= levels.kick() && levels.user(target) < levels.user(sender)) {
            return AuthResult.allowed();
        }
        // 5.5.5
        return AuthResult.refused("You may not remove this person from the room.");
    }

    private AuthResult ban() {
        // 5.6.1
        if (!room.hasJoined(sender)) {
            return AuthResult.refused("You are not in this room.");
        }
        // 5.6.2
        var levels = room.powerLevels();
        if (levels.user(sender) >= levels.ban() && levels.user(target) < levels.user(sender)) {
            return AuthResult.allowed();
        }
        // 5.6.3
        return AuthResult.refused("You may not ban this person from the room.");
    }

    private AuthResult knock() {
        // 5.7.1
        var rule = room.joinRule();
        if (!rule.equals("knock") && !rule.equals("knock_restricted")) {
            return AuthResult.refused("This room does not take requests to join.");
        }
        // 5.7.2
        if (!sender.equals(target)) {
            return AuthResult.refused("People ask to join for themselves only.");
        }
        return switch (room.membership(sender)) {
            // 5.7.4
            case "ban" -> AuthResult.refused("You are banned from this room.");
            case "invite" -> AuthResult.refused("You are invited already: accept the invitation.");
            case "join" -> AuthResult.refused("You are in this room already.");
            // 5.7.3
            default -> AuthResult.allowed();
        };
    }
}
