using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The open shard as it was found to be consistent, and as it grew since.</summary>
/// <param name="Edge">Of all entries that have a place.</param>
/// <param name="Published">The newest published checkpoint; null while there is none.</param>
/// <param name="Head">The newest signed checkpoint; never beyond the edge.</param>
internal sealed record OpenLog(ShardRow Shard, VerifierKey Key, TreeEdge Edge, CheckpointRow? Published, LastSigned Head);
