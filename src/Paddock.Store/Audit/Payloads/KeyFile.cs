using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>A wrapped data key as a file.</summary>
/// <param name="V">1.</param>
/// <param name="Id">As its name says.</param>
/// <param name="Master">Which master key wraps it.</param>
internal sealed record KeyFile(int V, string Id, string Master, byte[] Wrapped)
{
    /// <summary>How names of keys end, and those of what is left of a destroyed one.</summary>
    public const string Ending = ".key", GoneEnding = ".gone";

    public static async Task<byte[]> WriteAsync(DataKeyId id, ReadOnlyMemory<byte> secret, IKeyWrapping wrapping, CancellationToken cancellationToken)
    {
        var wrapped = await wrapping.WrapAsync(secret, Associated(id), cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(new(1, id.Value, await wrapping.NameAsync(cancellationToken), wrapped), KeyFileJson.Default.KeyFile);
    }

    /// <exception cref="KeyStoreException">It is not this key's file, or another master key wraps it.</exception>
    public static async Task<DataKey> ReadAsync(DataKeyId id, byte[] bytes, IKeyWrapping wrapping, CancellationToken cancellationToken)
    {
        KeyFile? file;
        try
        {
            file = JsonSerializer.Deserialize(bytes, KeyFileJson.Default.KeyFile);
        }
        catch (JsonException fault)
        {
            throw new KeyStoreException($"The file of the data key {id} is damaged.", fault);
        }

        if (file is not { V: 1, Wrapped: { } wrapped } || file.Id != id.Value)
        {
            throw new KeyStoreException($"The file of the data key {id} is not that key's.");
        }

        var secret = await wrapping.UnwrapAsync(wrapped, Associated(id), cancellationToken);
        return secret is { Length: DataKey.Length }
            ? new(id, secret)
            : throw new KeyStoreException(file.Master == await wrapping.NameAsync(cancellationToken) ? $"The file of the data key {id} is damaged." : $"The data key {id} is wrapped by another master key ({file.Master}).");
    }

    private static byte[] Associated(DataKeyId id) => Encoding.ASCII.GetBytes("paddock/data-key/v1\0" + id.Value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
