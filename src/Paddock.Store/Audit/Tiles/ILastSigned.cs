using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Where the newest signed checkpoint is kept, outside the database.</summary>
internal interface ILastSigned
{
    /// <returns>Null when nothing was ever kept here.</returns>
    /// <exception cref="SignerUnavailableException">What is kept cannot be read.</exception>
    LastSigned? Read();

    /// <summary>Returns when it is durable.</summary>
    /// <exception cref="SignerUnavailableException">It may not be.</exception>
    void Write(LastSigned head);
}
