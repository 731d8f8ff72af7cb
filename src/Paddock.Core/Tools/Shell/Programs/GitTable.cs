namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>git and its commands. Those that run another program by an option, a configuration or an address are opaque.</summary>
internal static class GitTable
{
    public const string Lines = """
        git menu -P:quiet --no-pager:quiet --no-optional-locks:quiet --literal-pathspecs:quiet --no-replace-objects:quiet --no-advice:quiet --no-lazy-fetch:quiet -p --paginate --bare -C:path -c:config --config-env:dark --exec-path:dark --git-dir:path --work-tree:path
          --namespace: --super-prefix: --attr-source: --version:asks -v:asks --help:asks -h:asks --html-path:asks --man-path:asks --info-path:asks --list-cmds:asks ~ext:: ~fd::
        git log,git show,git diff,git whatchanged,git diff-tree,git diff-index,git diff-files,git range-diff,git reflog,git shortlog,git format-patch,git rev-list tool --output:write -o:write --output-directory:write -O:read -S: -G: -n: -U: -L:
          --author: --committer: --grep: --since: --until: --after: --before: --format: --pretty:maybe --max-count: --skip: --diff-filter: --color:maybe --stat:maybe --date: --output-indicator-new: --src-prefix: --dst-prefix: --ext-diff:dark -m: --message: ~ext::
        git stash tool -m: --message: --pathspec-from-file:read
        git grep tool pattern -O:dark --open-files-in-pager:dark -f:read -e: -A: -B: -C: -m: --max-depth: --max-count: --threads:
        git archive tool -o:write --output:write --exec:dark --remote:dark --format: --prefix: --add-file:read
        git bundle menu
        git bundle create tool pack
        git clone tool remote -c:config --config:config -u:dark --upload-pack:dark --template:dark -b: --branch: --depth: -o: --origin: -j: --jobs: --reference:path --separate-git-dir:path --shallow-since: --filter: --server-option: --bundle-uri:host ~ext:: ~fd::
        git fetch,git pull,git push,git ls-remote,git fetch-pack,git send-pack,git remote,git request-pull tool remote --upload-pack:dark --receive-pack:dark --exec:dark -o: --push-option: --server-option: --depth: -j: --jobs: --repo: -s: -X: -S:maybe
          --refmap: --shallow-since: --negotiation-tip: --strategy: --strategy-option: -b: -t: -m: --sort: ~ext:: ~fd::
        git submodule menu -q --quiet --cached
        git submodule foreach line --recursive -q --quiet
        git submodule add tool remote -b: --branch: --name: --reference:path --depth: ~ext:: ~fd::
        git bisect menu
        git bisect run step
        git rebase tool -x:line --exec:line -s: -X: --onto: -C: -S:maybe --strategy: --strategy-option: --whitespace: --empty:
        git commit tool -m: -F:read -t:read -C: -c: --message: --file:read --template:read --author: --date: --fixup: --squash: --reuse-message: --reedit-message: --trailer: --pathspec-from-file:read --cleanup: -S:maybe -u:maybe
        git tag,git notes,git merge tool -m: -F:read --message: --file:read -u: -s: -X: --sort: --format: --contains:maybe --into-name: --strategy: --strategy-option: -S:maybe -n:maybe --cleanup:
        git apply,git am tool read +patch -p: -C: --directory:path --exclude: --include: --whitespace: --build-fake-ancestor:write
        git config tool own +gitconfig -f:path --file:path --blob: --type: --default: -e:dark --edit:dark
        git init tool path --template:dark --separate-git-dir:path -b: --initial-branch: --object-format: --shared:maybe
        git worktree tool -b: -B: --reason: --expire:
        git checkout,git switch,git restore,git reset,git add,git rm,git mv,git clean,git sparse-checkout tool -b: -B: -c: -C: -s: --source: --orphan: --conflict: --pathspec-from-file:read -e: --exclude: --chmod:
        git read-tree tool --index-output:write --prefix:
        git fast-export tool --export-marks:write --import-marks:read
        git difftool,git mergetool tool -x:dark --extcmd:dark -t: --tool:
        git blame,git annotate tool --contents:read -L: -S:read --ignore-revs-file:read --date:
        git bugreport,git diagnose tool -o:write --output-directory:write -s:
        git filter-branch,git filter-repo,git send-email,git imap-send,git daemon,git instaweb,git hook,git shell,git credential,git credential-store,git credential-cache,git for-each-repo,git remote-ext,git remote-fd,git upload-pack,git receive-pack,
          git upload-archive,git p4,git svn,git cvsserver,git citool,git gui,git gui--askpass,git web--browse,git http-backend,git update-server-info,git fast-import,git maintenance,git scalar,git fsmonitor--daemon dark
        """;

    /// <summary>Settings that run nothing, whatever their value; <c>*</c> stands for any rest.</summary>
    public static readonly string[] HarmlessSettings =
    [
        "user.name", "user.email", "color.*", "advice.*", "core.quotepath", "core.autocrlf", "core.eol", "core.filemode", "core.longpaths", "core.ignorecase", "core.abbrev", "commit.gpgsign=false", "tag.gpgsign=false", "commit.verbose",
        "core.pager=cat", "core.pager=", "core.pager=less", "core.editor=true", "core.editor=:", "sequence.editor=true", "sequence.editor=:", "init.defaultbranch", "http.postbuffer", "http.lowspeedlimit", "http.lowspeedtime", "http.version", "protocol.version",
        "diff.renames", "diff.renamelimit", "diff.algorithm", "diff.context", "diff.noprefix", "diff.mnemonicprefix", "diff.colormoved", "diff.external=", "log.*", "gc.auto", "gc.autodetach", "pager.log=false", "pager.diff=false", "pager.show=false", "pager.branch=false",
        "push.default", "push.autosetupremote", "pull.rebase", "pull.ff", "fetch.prune", "fetch.parallel", "merge.conflictstyle", "merge.ff", "merge.renamelimit", "rebase.autostash", "rebase.autosquash", "rerere.enabled", "credential.helper=", "submodule.recurse", "status.*",
        "column.*", "grep.linenumber", "blame.*", "core.fsmonitor=false", "core.hookspath=/dev/null", "maintenance.auto", "help.autocorrect=0",
    ];
}
