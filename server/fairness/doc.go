// Package fairness owns what makes draws provable: the campaigns' master keys and the seeds
// derived from them, the commitments to seeds, the hashes of versions and the signed receipts.
//
// It imports game alone and knows neither book nor Redis nor HTTP.
package fairness
