using Paddock.Core.Tasks;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Tasks;

public class GitRevertTests
{
    [Theory]
    [InlineData("git revert HEAD", GitRevert.All)]
    [InlineData("git revert --abort", GitRevert.None)]
    [InlineData("git -C /work reset --hard HEAD~1", GitRevert.All)]
    [InlineData("git reset HEAD a.cs", GitRevert.None)]
    [InlineData("git reset --soft HEAD~1", GitRevert.None)]
    [InlineData("git checkout -- a.cs", GitRevert.Files)]
    [InlineData("git checkout .", GitRevert.All)]
    [InlineData("git checkout -f", GitRevert.All)]
    [InlineData("git checkout main", GitRevert.None)]
    [InlineData("git checkout -b main", GitRevert.None)]
    [InlineData("git restore a.cs", GitRevert.Files)]
    [InlineData("git restore .", GitRevert.All)]
    [InlineData("git restore --staged a.cs", GitRevert.None)]
    [InlineData("git restore --staged --worktree .", GitRevert.All)]
    [InlineData("cd /work && /usr/bin/git revert --no-edit 1a2b3c4; ls", GitRevert.All)]
    [InlineData("echo git revert HEAD", GitRevert.None)]
    [InlineData("git log --grep revert", GitRevert.None)]
    [InlineData("git", GitRevert.None)]
    public void Commands_of_git_take_back_what_was_made(string line, GitRevert expected) => GitReverts.In(ShellReader.Read(line, ShellDialect.Posix)).ShouldBe(expected);
}
