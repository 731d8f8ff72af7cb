using Paddock.Core.Identity;

namespace Paddock.Core.Modes;

/// <summary>What is remembered of the settings that clients are sent: by which number each content goes, and what people chose for themselves.</summary>
public interface IClientSettings
{
    /// <summary>
    /// The number of a content: milliseconds since 1970 when it was first asked for, and greater than all before. The same for good, whichever
    /// process is asked, and no other content has it.
    /// </summary>
    /// <param name="digest">SHA-256 of the content.</param>
    ValueTask<long> VersionOfAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);

    /// <summary>What somebody chose; <see cref="PersonalSettings.None"/> when they never did.</summary>
    Task<PersonalSettings> FindAsync(PrincipalId person, CancellationToken cancellationToken);

    /// <summary>Keeps what somebody chose, if nobody was faster.</summary>
    /// <param name="chosen">With the revision that follows the one it was made from.</param>
    /// <returns>False when there is that revision already.</returns>
    Task<bool> ChangeAsync(PrincipalId person, PersonalSettings chosen, CancellationToken cancellationToken);
}

/// <summary>What somebody chose in their own client.</summary>
/// <param name="Revision">How often they did.</param>
/// <param name="SyncsTasks">Whether messages of tasks are sent; null = not said.</param>
/// <param name="EnhancedFeatures">Whether features that ask a model besides are on; null = not said.</param>
public sealed record PersonalSettings(long Revision, bool? SyncsTasks, bool? EnhancedFeatures)
{
    public static readonly PersonalSettings None = new(0, null, null);
}
