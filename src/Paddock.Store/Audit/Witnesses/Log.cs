using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Witnesses;

internal static partial class Log
{
    [LoggerMessage(1851, LogLevel.Critical, "A checkpoint of {Origin} with {Size} entries and the root {Root} is signed, and was not shown to continue the {SeenSize} with the root {SeenRoot} that were seen before; it is kept in conflicts/")]
    public static partial void Contradicted(ILogger logger, string origin, long size, TreeHash root, long seenSize, TreeHash seenRoot);

    [LoggerMessage(1852, LogLevel.Critical, "The witness {Witness} contradicts the audit log: {Problem}")]
    public static partial void WitnessContradicts(ILogger logger, string witness, string problem);

    [LoggerMessage(1853, LogLevel.Warning, "The witness {Witness} does not sign: {Problem}")]
    public static partial void WitnessAway(ILogger logger, string witness, string problem);

    [LoggerMessage(1854, LogLevel.Information, "The witness {Witness} signs")]
    public static partial void WitnessSigns(ILogger logger, string witness);
}
