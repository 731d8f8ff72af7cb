using System.Globalization;

namespace Paddock.Core.Audit.Witnesses;

/// <summary>What a witness answers (c2sp.org/tlog-witness, add-checkpoint).</summary>
/// <param name="Status">Of HTTP: 200, 400, 403, 404, 409 or 422.</param>
public sealed record WitnessAnswer(int Status, string Body, string ContentType = "text/plain; charset=utf-8")
{
    /// <summary>How a conflict says the size that the witness has seen.</summary>
    public const string SizeType = "text/x.tlog.size";

    public static WitnessAnswer Malformed(string why) => new(400, why + "\n");

    public static WitnessAnswer NotSigned { get; } = new(403, "The checkpoint is not signed with a key that is trusted for its origin.\n");

    public static WitnessAnswer UnknownLog { get; } = new(404, "The origin is not known here.\n");

    public static WitnessAnswer Proofless { get; } = new(422, "The proof does not hold.\n");

    public static WitnessAnswer Conflict(long size) => new(409, size.ToString(CultureInfo.InvariantCulture) + "\n", SizeType);
}
