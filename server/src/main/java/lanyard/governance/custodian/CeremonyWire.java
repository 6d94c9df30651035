package lanyard.governance.custodian;

import java.security.SecureRandom;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// A ceremony that is held in a worker: what the server asks for and what it gets, which is nothing that opens.
final class CeremonyWire {
    /// What has been made, and its shares as their officers' browsers open them.
    record Made(CeremonyResult result, List<WrappedShare> shares) {}

    private CeremonyWire() {}

    static ObjectNode request(CeremonyOrder.Making making, byte[] caseKey, List<Guard> guards) {
        var request = Json.object()
                .put("do", "ceremony")
                .put("organization", making.organization())
                .put("custodian", making.custodian().value())
                .put("first_month", making.first().toString())
                .put("case_key", Base64.getEncoder().encodeToString(caseKey));
        request.set("guards", Guard.toJson(guards));
        return request;
    }

    /// In the worker.
    static ObjectNode hold(ObjectNode request, SecureRandom random) {
        var guards = Guard.listOf(request);
        var making = new CeremonyOrder.Making(
                Json.text(request, "organization"),
                new UserId(Json.text(request, "custodian")),
                YearMonth.parse(Json.text(request, "first_month")),
                guards.stream().map(guard -> guard.to().name()).toList());
        var caseKey = Base64.getDecoder().decode(Json.text(request, "case_key"));
        var result = new Ceremony(making, caseKey, random).hold();
        var encoder = Base64.getEncoder();
        var answer = Json.object()
                .put("ceremony", result.ceremony())
                .put("identity", encoder.encodeToString(result.sealedIdentity()));
        answer.set("master_key", result.known().masterKey());
        answer.set("self_signing_key", result.known().selfSigningKey());
        var months = answer.putArray("months");
        for (var device : result.known().months()) {
            var sealed =
                    java.util.Objects.requireNonNull(result.sealedAccounts().get(device.month()));
            var month = months.addObject()
                    .put("month", device.month().toString())
                    .put("device_id", device.device().value())
                    .put("fallback_name", device.fallbackKeyId())
                    .put("sealed", encoder.encodeToString(sealed));
            month.set("device_keys", device.deviceKeys());
            month.set("fallback_key", device.fallbackKey());
        }
        answer.set("shares", WrappedShare.toJson(result.shares(), guards));
        return answer;
    }

    static Made read(UserId custodian, ObjectNode answer) {
        var decoder = Base64.getDecoder();
        var devices = new ArrayList<MonthDevice>();
        var accounts = new TreeMap<YearMonth, byte[]>();
        for (var each : Json.arrayField(answer, "months")) {
            var one = (ObjectNode) each;
            var month = YearMonth.parse(Json.text(one, "month"));
            devices.add(new MonthDevice(
                    month,
                    new DeviceId(Json.text(one, "device_id")),
                    Json.objectField(one, "device_keys"),
                    Json.text(one, "fallback_name"),
                    Json.objectField(one, "fallback_key")));
            accounts.put(month, decoder.decode(Json.text(one, "sealed")));
        }
        var known = new CustodianPublic(
                custodian,
                Json.objectField(answer, "master_key"),
                Json.objectField(answer, "self_signing_key"),
                devices);
        var identity = decoder.decode(Json.text(answer, "identity"));
        var result = new CeremonyResult(Json.text(answer, "ceremony"), known, accounts, identity, List.of());
        return new Made(result, WrappedShare.listOf(answer));
    }
}
