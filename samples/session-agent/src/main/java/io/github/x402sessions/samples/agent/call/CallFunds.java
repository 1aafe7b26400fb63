package io.github.x402sessions.samples.agent.call;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.util.List;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.Summary;

/**
 * A source of money for calls, and its word on what is left.
 */
interface CallFunds {

	/** The client that pays. */
	HttpClient httpClient();

	/** What is paid with. */
	Asset asset();

	/**
	 * Say what all calls came to.
	 * @param results the calls
	 * @param paid how many of them were paid
	 * @param spent what they cost by their receipts, base units
	 * @param report is told where somebody does not answer
	 */
	Summary summary(List<CallResult> results, int paid, BigInteger spent, Report report);

}
