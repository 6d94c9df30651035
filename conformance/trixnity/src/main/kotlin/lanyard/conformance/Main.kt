// One trixnity-client, told what to do by lines of JSON on its input. Each is answered by a line of JSON.
package lanyard.conformance

import de.connect2x.trixnity.core.MatrixServerException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlin.time.Duration.Companion.seconds

private val PATIENCE = 30.seconds

fun main() = runBlocking(Dispatchers.Default) {
    val phone = Phone()
    for (line in generateSequence(::readLine)) {
        val asked = Json.parseToJsonElement(line).jsonObject
        println(
            try {
                withTimeout(PATIENCE) { phone.answer(asked) }
            } catch (refused: MatrixServerException) {
                failed(refused.errorResponse.toString())
            } catch (late: TimeoutCancellationException) {
                failed("it did not come to pass in time: $line")
            } catch (broken: Exception) {
                failed(broken.stackTraceToString())
            },
        )
    }
    phone.close()
}

private fun failed(why: String) = buildJsonObject { put("failed", why) }

internal fun JsonObject.text(field: String) = getValue(field).jsonPrimitive.content
