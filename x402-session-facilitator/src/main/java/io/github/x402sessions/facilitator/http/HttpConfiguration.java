package io.github.x402sessions.facilitator.http;

import java.util.Optional;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.access.ServerAccess;
import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.config.AccessProperties;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.SchemeProperties;
import io.github.x402sessions.facilitator.config.KeyProperties;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.discovery.Catalogue;
import io.github.x402sessions.facilitator.discovery.CatalogueSearch;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.operations.OwnAilment;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.facilitator.session.closing.AllowanceRevocation;
import io.github.x402sessions.facilitator.session.closing.SessionClosing;
import io.github.x402sessions.facilitator.session.registration.ApprovalQuotes;
import io.github.x402sessions.facilitator.session.registration.SignedRegistrar;
import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Endpoints, and who may call them how often.
 */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration implements WebMvcConfigurer {

	private final AccessProperties access;

	HttpConfiguration(FacilitatorProperties properties) {
		this.access = properties.access();
	}

	@Bean
	RequestGuard requestGuard(LimitUses uses, ServerDirectory directory) {
		return new RequestGuard(
				new ServerAccess(this.access.isClosed(), this.access.keys().stream().map(KeyProperties::key).toList(),
						directory),
				new RegistrationLimit(
						new SharedLimit(PeriodLimit.perMinute("registrations", this.access.registrationLimit()), uses)),
				new RateLimit(this.access.requestLimit()));
	}

	@Bean
	FilterRegistrationBean<BodyFilter> facilitatorBodyFilter(RequestGuard guard) {
		FilterRegistrationBean<BodyFilter> filter = new FilterRegistrationBean<>(
				new BodyFilter(guard, (int) this.access.maxRequestSize().toBytes(), this.access.bodyTimeout()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

	@Bean
	Bulkhead registrationBulkhead(EngineProperties engine, FacilitatorProperties properties) {
		return new Bulkhead("register", engine.maxWaiting(), properties.approvals().timeout().plusMinutes(1));
	}

	@Bean
	SessionEndpoints sessionEndpoints(ApprovalQuotes quotes, SignedRegistrar registrar, SessionClosing closing,
			AllowanceRevocation revocation, SessionRepository sessions, SessionView view, Bulkhead registrationBulkhead,
			Drain drain) {
		return new SessionEndpoints(quotes, registrar, closing, revocation, sessions, view, registrationBulkhead,
				drain);
	}

	@Bean
	SessionView sessionView(AllowanceWatch watch, PastCalls calls, SessionRules rules, LedgerClock ledgers) {
		return new SessionView(watch, calls, rules, ledgers);
	}

	@Bean
	Bulkhead settlementBulkhead(FacilitatorProperties properties, EngineProperties engine) {
		return new Bulkhead("settle", engine.maxWaiting(), properties.settleTimeout().multipliedBy(2));
	}

	@Bean
	SettlementEndpoints settlementEndpoints(CommitmentRepository commitments, RecipientBooks books, RequestGuard guard,
			FacilitatorProperties properties) {
		return new SettlementEndpoints(commitments, books, guard, properties.network());
	}

	@Bean
	RouterFunction<ServerResponse> facilitatorRoutes(Facilitator facilitator,
			@Qualifier("unlistedFacilitator") Facilitator unlisted, SessionEndpoints sessions,
			SettlementEndpoints settlements, RequestGuard guard, Bulkhead settlementBulkhead, SessionRules rules,
			DeliveryTracker deliveries, LedgerClock ledgers, FacilitatorProperties properties, SchemeProperties schemes,
			Optional<Catalogue> catalogue, Optional<CatalogueSearch> search, OwnAilment ailment) {
		return FacilitatorRoutes.of(
				new PaymentEndpoints(facilitator, unlisted, guard, settlementBulkhead, deliveries,
						(payment) -> catalogue.flatMap((listing) -> listing.response(payment))),
				Optional.of(sessions).filter((endpoints) -> schemes.servesSessions()), settlements,
				new LedgerEndpoint(ledgers, properties.network()), search.map(DiscoveryEndpoints::new), guard,
				rules::spender, ailment);
	}

	/**
	 * Pages may register sessions and look at them; no cookie is ever read. What resource
	 * servers ask is not for pages.
	 */
	@Override
	public void addCorsMappings(CorsRegistry registry) {
		for (String path : new String[] { "/sessions/**", "/settlements/*", "/supported", "/ledger", "/health",
				"/discovery/*" }) {
			registry.addMapping(path)
				.allowedOrigins(this.access.corsOrigins().toArray(String[]::new))
				.allowedMethods("GET", "POST", "DELETE")
				.allowedHeaders("*");
		}
	}

}
