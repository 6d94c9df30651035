package lanyard.conformance

import de.connect2x.trixnity.client.CryptoDriverModule
import de.connect2x.trixnity.client.MatrixClient
import de.connect2x.trixnity.client.MediaStoreModule
import de.connect2x.trixnity.client.RepositoriesModule
import de.connect2x.trixnity.client.create
import de.connect2x.trixnity.client.cryptodriver.vodozemac.vodozemac
import de.connect2x.trixnity.client.key
import de.connect2x.trixnity.client.media.inMemory
import de.connect2x.trixnity.client.room
import de.connect2x.trixnity.client.room.getTimelineEventReactionAggregation
import de.connect2x.trixnity.client.room.message.MessageBuilder
import de.connect2x.trixnity.client.room.message.react
import de.connect2x.trixnity.client.room.message.replace
import de.connect2x.trixnity.client.room.message.text
import de.connect2x.trixnity.client.store.TimelineEvent
import de.connect2x.trixnity.client.store.eventId
import de.connect2x.trixnity.client.store.repository.inMemory
import de.connect2x.trixnity.client.store.sender
import de.connect2x.trixnity.client.user
import de.connect2x.trixnity.clientserverapi.client.MatrixClientAuthProviderData
import de.connect2x.trixnity.clientserverapi.client.SyncState
import de.connect2x.trixnity.clientserverapi.client.UIA
import de.connect2x.trixnity.clientserverapi.client.classicLogin
import de.connect2x.trixnity.clientserverapi.model.authentication.IdentifierType
import de.connect2x.trixnity.clientserverapi.model.key.GetKeys
import de.connect2x.trixnity.core.model.EventId
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.InitialStateEvent
import de.connect2x.trixnity.core.model.events.RedactedEventContent
import de.connect2x.trixnity.core.model.events.m.ReceiptType
import de.connect2x.trixnity.core.model.events.m.room.EncryptedMessageEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptionEventContent
import de.connect2x.trixnity.core.model.events.m.room.Membership
import de.connect2x.trixnity.core.model.events.m.room.RoomMessageEventContent
import io.ktor.http.Url
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import kotlin.time.Duration.Companion.milliseconds

/// A device of one person, kept in memory.
internal class Phone {
    private val background = CoroutineScope(Dispatchers.Default)
    private lateinit var client: MatrixClient

    suspend fun answer(asked: JsonObject): JsonObject = buildJsonObject {
        when (val deed = asked.text("do")) {
            "signIn" -> signIn(asked)
            "crossSign" -> crossSign()
            "createRoom" -> createRoom(asked)
            "join" -> join(asked)
            "send" -> send(asked.room()) { text(asked.text("text")) }
            "edit" -> send(asked.room()) {
                replace(asked.event())
                text(asked.text("text"))
            }
            "react" -> send(asked.room()) { react(asked.event(), asked.text("key")) }
            "redact" -> client.api.room.redactEvent(asked.room(), asked.event()).getOrThrow()
            "read" -> read(asked)
            "reactions" -> reactions(asked)
            "awaitRedaction" -> timelineEvent(asked) { it.content?.getOrNull() is RedactedEventContent }
            "receipt" -> client.api.room.setReadMarkers(asked.room(), read = asked.event()).getOrThrow()
            "awaitReceipt" -> awaitReceipt(asked)
            "history" -> history(asked)
            "signOut" -> client.logout().getOrThrow()
            else -> error("what is $deed?")
        }
    }

    fun close() {
        background.cancel()
        client.close()
    }

    private suspend fun JsonObjectBuilder.signIn(asked: JsonObject) {
        val session = MatrixClientAuthProviderData.classicLogin(
            baseUrl = Url(asked.text("server")),
            identifier = IdentifierType.User(asked.text("user")),
            password = asked.text("password"),
        ).getOrThrow()
        client = MatrixClient.create(
            repositoriesModule = RepositoriesModule.inMemory(),
            mediaStoreModule = MediaStoreModule.inMemory(),
            cryptoDriverModule = CryptoDriverModule.vodozemac(),
            authProviderData = session,
        ).getOrThrow()
        client.startSync()
        client.syncState.first { it == SyncState.RUNNING }
        put("user_id", client.userId.full)
        put("device_id", client.deviceId)
        put("access_token", session.accessToken)
    }

    /// Done when the server shows its device signed. What this version stores comes back by sync, and it forgets a
    /// secret that comes back while it keeps it: so it syncs again when all is stored. That it sees its own signature
    /// is not waited for: its question for keys, when one is under way, wipes out that there is to be another.
    private suspend fun crossSign() {
        client.cancelSync()
        val bootstrap = background.async { client.key.bootstrapCrossSigning().result.getOrThrow() }
        awaitKeys(bootstrap) { !it.masterKeys.isNullOrEmpty() }
        client.startSync()
        awaitKeys(bootstrap) {
            val device = it.deviceKeys?.get(client.userId)?.get(client.deviceId)
            (device?.signatures?.get(client.userId)?.size ?: 0) > 1
        }
    }

    private suspend fun awaitKeys(bootstrap: Deferred<UIA<Unit>>, wanted: (GetKeys.Response) -> Boolean) {
        while (!wanted(client.api.key.getKeys(mapOf(client.userId to setOf())).getOrThrow())) {
            if (bootstrap.isCompleted) {
                check(bootstrap.await() is UIA.Success) { "more was asked for" }
            }
            delay(50.milliseconds)
        }
    }

    private suspend fun JsonObjectBuilder.createRoom(asked: JsonObject) {
        val room = client.api.room.createRoom(
            name = asked.text("name"),
            invite = setOf(UserId(asked.text("invite"))),
            initialState = listOf(InitialStateEvent(EncryptionEventContent(), "")),
        ).getOrThrow()
        client.room.getById(room).first { it?.encrypted == true }
        put("room_id", room.full)
    }

    private suspend fun JsonObjectBuilder.join(asked: JsonObject) {
        val invited = client.room.getById(asked.room()).first { it?.membership == Membership.INVITE }
        client.api.room.joinRoom(asked.room()).getOrThrow()
        client.room.getById(asked.room()).first { it?.membership == Membership.JOIN }
        put("name", invited?.name?.explicitName)
    }

    private suspend fun JsonObjectBuilder.send(room: RoomId, message: suspend MessageBuilder.() -> Unit) {
        val transaction = client.room.sendMessage(room, builder = message)
        val sent = client.room.getOutbox(room, transaction).mapNotNull { it?.eventId }.first()
        put("event_id", sent.full)
    }

    private suspend fun JsonObjectBuilder.read(asked: JsonObject) {
        val wanted = asked["text"]?.jsonPrimitive?.content
        val event = timelineEvent(asked) {
            val body = it.body()
            if (wanted == null) body != null || it.content?.isFailure == true else body == wanted
        }
        event.content?.getOrThrow()
        put("text", event.body())
        put("sender", event.sender.full)
        put("encrypted", event.event.content is EncryptedMessageEventContent)
    }

    private suspend fun JsonObjectBuilder.reactions(asked: JsonObject) {
        val count = asked.getValue("count").jsonPrimitive.long
        val found = client.room.getTimelineEventReactionAggregation(asked.room(), asked.event())
            .first { all -> all.reactions.values.sumOf { it.size }.toLong() == count }
        putJsonObject("reactions") {
            found.reactions.forEach { (key, events) ->
                putJsonArray(key) { events.map { it.sender.full }.sorted().forEach(::add) }
            }
        }
    }

    private suspend fun awaitReceipt(asked: JsonObject) {
        client.user.getReceiptsById(asked.room(), UserId(asked.text("user")))
            .first { it?.receipts?.get(ReceiptType.Read)?.eventId == asked.event() }
    }

    /// The newest events of a room, the newest first, as many as are wanted or there are.
    private suspend fun JsonObjectBuilder.history(asked: JsonObject) {
        val newest = client.room.getById(asked.room()).mapNotNull { it?.lastEventId }.first()
        val events = client.room.getTimelineEvents(asked.room(), newest) {
            maxSize = asked.getValue("count").jsonPrimitive.long
        }.map { it.first().eventId.full }.toList()
        putJsonArray("event_ids") { events.forEach(::add) }
    }

    private suspend fun timelineEvent(asked: JsonObject, wanted: (TimelineEvent) -> Boolean) =
        client.room.getTimelineEvent(asked.room(), asked.event()).filterNotNull().first(wanted)

    private fun TimelineEvent.body() = (content?.getOrNull() as? RoomMessageEventContent.TextBased.Text)?.body

    private fun JsonObject.room() = RoomId(text("room"))

    private fun JsonObject.event() = EventId(text("event"))
}
