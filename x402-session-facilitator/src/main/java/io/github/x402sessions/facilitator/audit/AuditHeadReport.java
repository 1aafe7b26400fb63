package io.github.x402sessions.facilitator.audit;

import java.time.Duration;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Report of the last row of the {@link AuditLog} in this process's own log, at its start
 * and every day: the log is usually kept somewhere else, where whoever makes the rows
 * again cannot change it.
 */
public final class AuditHeadReport implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AuditHeadReport.class);

	private final AuditLog log;

	private final PeriodicTask days = PeriodicTask.every("x402-audit", Duration.ofDays(1), this::tell);

	/**
	 * Create it.
	 * @param log whose last row it tells
	 */
	public AuditHeadReport(AuditLog log) {
		this.log = log;
	}

	/** Begin. */
	public void start() {
		this.days.start(Duration.ZERO);
	}

	/** Tell it now. */
	public void tell() {
		try {
			AuditHead head = this.log.head();
			if (head.number() > 0) {
				logger.info("The last row of the audit log is {}", head);
			}
		}
		catch (DataAccessException ex) {
			logger.warn("The audit log cannot be read now: {}", ex.getMessage());
		}
	}

	@Override
	public void close() {
		this.days.close();
	}

}
