using Paddock.Core.Identity;
using Paddock.Core.Modes;

namespace Paddock.Testing;

/// <summary>Versions of settings and people's choices in memory.</summary>
public sealed class MemoryClientSettings(TimeProvider time) : IClientSettings
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<PrincipalId, PersonalSettings> choices = [];

    public ValueTask<long> VersionOfAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var name = Convert.ToHexString(digest.Span);
            if (!versions.TryGetValue(name, out var version))
            {
                versions[name] = version = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), versions.Values.Append(0).Max() + 1);
            }

            return new(version);
        }
    }

    public Task<PersonalSettings> FindAsync(PrincipalId person, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(choices.GetValueOrDefault(person, PersonalSettings.None));
        }
    }

    public Task<bool> ChangeAsync(PrincipalId person, PersonalSettings chosen, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (choices.GetValueOrDefault(person, PersonalSettings.None).Revision != chosen.Revision - 1)
            {
                return Task.FromResult(false);
            }

            choices[person] = chosen;
            return Task.FromResult(true);
        }
    }
}
