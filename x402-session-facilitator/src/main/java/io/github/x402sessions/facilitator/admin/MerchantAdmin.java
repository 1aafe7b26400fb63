package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;

import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.merchant.InvalidMerchantException;
import io.github.x402sessions.facilitator.merchant.IssuedKey;
import io.github.x402sessions.facilitator.merchant.KeyRequest;
import io.github.x402sessions.facilitator.merchant.Merchant;
import io.github.x402sessions.facilitator.merchant.MerchantDescription;
import io.github.x402sessions.facilitator.merchant.MerchantRegistry;
import io.github.x402sessions.facilitator.merchant.MerchantReports;
import io.github.x402sessions.facilitator.merchant.MerchantRequest;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Merchants: made, changed, paused, reported on, and their keys. Thread-safe.
 */
final class MerchantAdmin implements AdminResource {

	private static final int USUAL_DAYS = 7;

	private final MerchantRegistry merchants;

	private final MerchantReports reports;

	private final Clock clock;

	private final boolean on;

	MerchantAdmin(MerchantRegistry merchants, MerchantReports reports, Clock clock, boolean on) {
		this.on = on;
		this.merchants = merchants;
		this.reports = reports;
		this.clock = clock;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/merchants", decided(this::list))
			.POST("/merchants", decided(this::create))
			.GET("/merchants/{name}", decided(this::show))
			.GET("/merchants/{name}/report", decided(this::report))
			.POST("/merchants/{name}/change", decided(this::change))
			.POST("/merchants/{name}/pause", decided((request) -> pause(request, true)))
			.POST("/merchants/{name}/resume", decided((request) -> pause(request, false)))
			.POST("/merchants/{name}/keys", decided(this::addKey))
			.POST("/merchants/{name}/keys/rotate", decided(this::rotate))
			.POST("/merchants/{name}/keys/{key}/revoke", decided(this::revoke));
	}

	/** What cannot be so is said in our words. */
	private HandlerFunction<ServerResponse> decided(HandlerFunction<ServerResponse> call) {
		return (request) -> {
			if (!this.on) {
				return JsonResponses.error(HttpStatus.CONFLICT,
						"there are no merchants here: facilitator.access.merchants is not true");
			}
			try {
				return call.handle(request);
			}
			catch (InvalidMerchantException ex) {
				return JsonResponses.error(switch (ex.kind()) {
					case INVALID -> HttpStatus.BAD_REQUEST;
					case UNKNOWN -> HttpStatus.NOT_FOUND;
					case TAKEN -> HttpStatus.CONFLICT;
				}, ex.sentence());
			}
		};
	}

	private ServerResponse list(ServerRequest request) {
		return JsonResponses.of(HttpStatus.OK,
				Map.of("merchants",
						this.merchants.all()
							.stream()
							.map((merchant) -> MerchantDescription.of(merchant, null, this.clock.instant()))
							.toList()));
	}

	private ServerResponse show(ServerRequest request) {
		return shown(HttpStatus.OK, this.merchants.get(name(request)));
	}

	private ServerResponse shown(HttpStatus status, Merchant merchant) {
		return JsonResponses.of(status,
				MerchantDescription.of(merchant, this.merchants.keys(merchant), this.clock.instant()));
	}

	private ServerResponse report(ServerRequest request) {
		int days = (int) Math.min(AdminRequest.number(request, "days", USUAL_DAYS), MerchantReports.MOST_DAYS);
		return JsonResponses.of(HttpStatus.OK, this.reports.of(this.merchants.get(name(request)), days));
	}

	private ServerResponse create(ServerRequest request) throws IOException {
		return shown(HttpStatus.CREATED, this.merchants.create(AdminRequest.actor(request),
				AdminRequest.exactBody(request, MerchantRequest.class)));
	}

	private ServerResponse change(ServerRequest request) throws IOException {
		return shown(HttpStatus.OK, this.merchants.change(AdminRequest.actor(request), name(request),
				AdminRequest.exactBody(request, MerchantRequest.class)));
	}

	private ServerResponse pause(ServerRequest request, boolean paused) throws IOException {
		String reason = AdminRequest.exactBody(request, StatedReason.class).reason();
		return shown(HttpStatus.OK, this.merchants.pause(AdminRequest.actor(request), name(request), paused, reason));
	}

	private ServerResponse addKey(ServerRequest request) throws IOException {
		return issued(this.merchants.addKey(AdminRequest.actor(request), name(request),
				AdminRequest.exactBody(request, KeyRequest.class)));
	}

	private ServerResponse rotate(ServerRequest request) throws IOException {
		return issued(this.merchants.rotate(AdminRequest.actor(request), name(request),
				AdminRequest.exactBody(request, KeyRequest.class)));
	}

	private ServerResponse issued(IssuedKey issued) {
		return JsonResponses.of(HttpStatus.CREATED,
				MerchantDescription.of(issued.key(), issued.secret(), this.clock.instant()));
	}

	private ServerResponse revoke(ServerRequest request) throws IOException {
		String reason = AdminRequest.exactBody(request, StatedReason.class).reason();
		return JsonResponses.of(HttpStatus.OK, MerchantDescription.of(
				this.merchants.revoke(AdminRequest.actor(request), name(request), request.pathVariable("key"), reason),
				null, this.clock.instant()));
	}

	private static String name(ServerRequest request) {
		return request.pathVariable("name");
	}

}
