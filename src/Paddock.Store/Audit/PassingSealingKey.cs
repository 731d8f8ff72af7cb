using System.Security.Cryptography;
using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>A key that lives as long as the process: its commitments are never opened.</summary>
internal sealed class PassingSealingKey : ISealingKeys
{
    private readonly SealingKey key = new("none", RandomNumberGenerator.GetBytes(32));

    public SealingKey At(DateTimeOffset now) => key;
}
