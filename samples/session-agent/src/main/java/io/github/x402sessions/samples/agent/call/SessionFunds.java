package io.github.x402sessions.samples.agent.call;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.util.List;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionState;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.DeferredCalls;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.Summary;

/**
 * A session: its facilitator says where it stands.
 *
 * @param session pays
 */
record SessionFunds(Session session) implements CallFunds {

	@Override
	public HttpClient httpClient() {
		return this.session.httpClient();
	}

	@Override
	public Asset asset() {
		return this.session.asset();
	}

	@Override
	public Summary summary(List<CallResult> results, int paid, BigInteger spent, Report report) {
		DeferredCalls deferred = new CommittedCalls(this.session, results, report).outcome();
		try {
			SessionState state = this.session.state();
			return new Summary(results.size(), paid, asset().toDecimal(state.spent().add(state.committed())),
					asset().toDecimal(state.remaining()), deferred, asset().symbol());
		}
		catch (X402Exception ex) {
			report.progress("the facilitator does not say where the session stands: " + ex.getMessage());
			return new Summary(results.size(), paid, asset().toDecimal(spent),
					asset().toDecimal(this.session.cap().subtract(spent)), deferred, asset().symbol());
		}
	}

}
