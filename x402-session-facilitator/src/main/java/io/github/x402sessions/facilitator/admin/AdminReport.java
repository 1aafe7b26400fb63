package io.github.x402sessions.facilitator.admin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says at the start whether operators can call.
 */
final class AdminReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(AdminReport.class);

	private final AdminApi api;

	AdminReport(AdminApi api) {
		this.api = api;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.api.operators() == 0) {
			logger.info("There is no admin API: facilitator.admin.operators is empty");
		}
		else if (this.api.isServed()) {
			logger.info("The admin API is served to {} operator(s) on the management port", this.api.operators());
		}
		else {
			logger
				.warn("There is no admin API, though facilitator.admin.operators is set: it is served on a management "
						+ "port of its own only, and management.server.port is none here");
		}
	}

}
