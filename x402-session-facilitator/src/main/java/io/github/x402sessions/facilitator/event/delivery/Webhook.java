package io.github.x402sessions.facilitator.event.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.config.WebhookProperties;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver that is called by HTTP, as of Standard Webhooks. Its answer is taken by the
 * status alone: no redirect is followed, and nothing that it writes is read. Thread-safe.
 */
final class Webhook implements EventReceiver {

	private static final Logger logger = LoggerFactory.getLogger(Webhook.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final int AT_ONCE = 8;

	private static final int GONE = 410;

	private final WebhookProperties properties;

	private final URI url;

	private final Set<EventType> types;

	private final WebhookSignature signature;

	private final BoundedHttp http;

	private final Clock clock;

	/**
	 * Create it.
	 * @param properties its configuration
	 * @param clock the time that is written on what is sent
	 */
	Webhook(WebhookProperties properties, Set<EventType> types, Clock clock) {
		this.properties = properties;
		this.url = properties.endpoint();
		this.types = Set.copyOf(types);
		this.signature = new WebhookSignature(properties.key());
		this.http = BoundedHttp.to(this.url, properties.timeout(), 0);
		this.clock = clock;
	}

	@Override
	public String name() {
		return String.valueOf(this.properties.name());
	}

	@Override
	public Set<EventType> types() {
		return this.types;
	}

	@Override
	public Set<String> recipients() {
		return Set.copyOf(this.properties.recipients());
	}

	@Override
	public int parallel() {
		return AT_ONCE;
	}

	@Override
	public Duration timeout() {
		return this.properties.timeout();
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public Reaction tell(FacilitatorEvent event) {
		try {
			return reaction(this.http.status(request(event), timeout()));
		}
		catch (IOException ex) {
			LOG.log(name(), (skipped) -> logger.warn("The webhook {} cannot be reached ({} more since the last time)",
					name(), skipped));
			return Reaction.NOT_TAKEN;
		}
	}

	private Reaction reaction(int status) {
		if (status >= 200 && status < 300) {
			return Reaction.TAKEN;
		}
		if (status == GONE) {
			return Reaction.GONE;
		}
		LOG.log(name(), (skipped) -> logger.warn("The webhook {} answers {} ({} more since the last time)", name(),
				status, skipped));
		return Reaction.NOT_TAKEN;
	}

	private HttpRequest.Builder request(FacilitatorEvent event) {
		byte[] body = WireJson.write(Message.of(event));
		long seconds = this.clock.instant().getEpochSecond();
		return HttpRequest.newBuilder(this.url)
			.version(BoundedHttp.version(this.url.getScheme()))
			.header("Content-Type", "application/json")
			.header("User-Agent", "x402-session-facilitator")
			.header("webhook-id", event.id())
			.header("webhook-timestamp", Long.toString(seconds))
			.header("webhook-signature", this.signature.of(event.id(), seconds, body))
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
	}

	@Override
	public String toString() {
		return "Webhook[" + name() + "]";
	}

	/**
	 * An event as it is sent: without its number, whose gaps would tell one recipient
	 * what the others sell.
	 *
	 * @param type what has happened, such as {@code payment.settled}
	 * @param timestamp when, ISO 8601
	 * @param data to whom
	 * @param id the event's name
	 */
	private record Message(String type, String timestamp, FacilitatorEvent.Data data, String id) {

		static Message of(FacilitatorEvent event) {
			return new Message(event.type().wireName(), event.timestamp().toString(), event.data(), event.id());
		}

	}

}
